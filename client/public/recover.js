// A main script that does not arrive leaves an empty page: it is asked for once more, then people are told.
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return
    const key = 'weft-recovered'
    let last = 0
    try {
      last = Number(sessionStorage.getItem(key) ?? 0)
      sessionStorage.setItem(key, String(Date.now()))
    } catch {
      last = Date.now()
    }
    if (Date.now() - last > 30_000) location.reload()
    else document.getElementById('unloaded')?.removeAttribute('hidden')
  },
  true,
)
