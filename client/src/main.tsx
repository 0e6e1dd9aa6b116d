import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/index.ts'
import { startI18n } from './kit/i18n.ts'
import { startTheme } from './kit/theme.ts'
import './kit/theme.css'
import 'sonner/dist/styles.css'

startTheme()
await startI18n()
const root = document.getElementById('root')
if (root === null) throw new Error('missing: #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
