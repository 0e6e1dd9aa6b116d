// A script of its own before the first paint: a stored theme must not flash, and the content policy allows no inline code.
try {
  const theme = localStorage.getItem('weft-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = localStorage.getItem('weft-language')
  if (language) document.documentElement.lang = language
} catch {
  // Storage is closed to this page: the system's theme stands.
}
