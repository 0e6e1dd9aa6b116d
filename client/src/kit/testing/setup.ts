import { configure } from '@testing-library/react'
import { patience } from './eventually.ts'

configure({ asyncUtilTimeout: patience.timeout })
