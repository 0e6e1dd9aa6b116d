import { createHash } from 'node:crypto'

/** How wide pictures may be said to be, in percent: a page without inline styles needs a class for each. */
const widths = Array.from({ length: 20 }, (_, at) => 5 * (at + 1))
  .map((percent) => `.w${percent} img{width:${percent}%}`)
  .join('')

/** Colours and measures as in the application; light or dark as the reader's system is. In the page itself: one request. */
export const style = `
:root{color-scheme:light dark;--canvas:light-dark(#fff,#17181a);--sunken:light-dark(#f6f6f3,#111213);--ink:light-dark(#1d1f22,#e9e9e6);--muted:light-dark(#55585e,#b0b2b6);--line:light-dark(#e3e3dd,#303236);--edge:light-dark(#8c8f94,#6c6f75);--accent:light-dark(#0b6b67,#52c5bb);--on-accent:light-dark(#fff,#06211f);--soft:light-dark(#e2f1ef,#16302e);--danger:light-dark(#b3261e,#f2938c);--warning:light-dark(#8a5200,#e8b45c);--success:light-dark(#26702f,#7cc886);--mono:ui-monospace,"SF Mono","Cascadia Code","JetBrains Mono","Liberation Mono",Menlo,monospace}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:1rem/1.65 ui-sans-serif,system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:46rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;align-items:center;gap:.6rem;min-height:3.25rem;color:var(--muted);font-size:.8125rem}
header svg{flex:none}
header a{margin-inline-start:auto;padding:.3rem .7rem;border:1px solid var(--edge);border-radius:6px;color:var(--ink);text-decoration:none;white-space:nowrap}
header a:hover{background:var(--sunken)}
main{padding-block:1.5rem 4rem}
footer{padding-block:1rem 2rem;border-top:1px solid var(--line);color:var(--muted);font-size:.8125rem}
h1,h2,h3,h4,h5,h6{margin:1.6em 0 .4em;line-height:1.3;font-weight:650;letter-spacing:-.01em}
h1{margin-top:0;font-size:2.125rem;line-height:1.2}h2{font-size:1.625rem}h3{font-size:1.3rem}h4{font-size:1.1rem}h5,h6{font-size:1rem}
.icon{margin-inline-end:.4em}
p,ul,ol,blockquote,pre,figure,details,.callout,.table,.formula{margin:0 0 .9em}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
ul,ol{padding-inline-start:1.6em}li>p{margin-bottom:.3em}li::marker{color:var(--muted)}
.tasks{padding:0;list-style:none}.tasks li{display:flex;gap:.6em}.tasks li>div{flex:1;min-width:0}.tasks p{margin-bottom:.3em}
.box{flex:none;width:1.05em;height:1.05em;margin-top:.3em;border:1.5px solid var(--edge);border-radius:4px;font-size:.875em;line-height:1;text-align:center}
.done>.box{border-color:var(--accent);background:var(--accent);color:var(--on-accent)}.done>div{color:var(--muted)}.done>div>p:first-child{text-decoration:line-through}
blockquote{padding-inline-start:1em;border-inline-start:3px solid var(--line);color:var(--muted)}
code,pre{font-family:var(--mono);font-size:.875em}
code{padding:.1em .3em;border-radius:4px;background:var(--sunken)}
pre{overflow-x:auto;padding:.9rem 1rem;border-radius:8px;background:var(--sunken);line-height:1.5;white-space:pre}pre code{padding:0;background:none;font-size:1em}
pre.plain{padding:0;background:none;white-space:pre-wrap}
hr{margin:2em 0;border:0;border-top:1px solid var(--line)}
.callout{--tone:var(--accent);padding:.6rem .9rem .1rem;border-inline-start:3px solid var(--tone);border-radius:0 6px 6px 0;background:color-mix(in srgb,var(--tone) 7%,transparent)}
.tip{--tone:var(--success)}.important{--tone:light-dark(#6639ba,#c9a7ff)}.warning{--tone:var(--warning)}.danger{--tone:var(--danger)}
.kind{margin:0;color:var(--tone);font-size:.8125rem;font-weight:650}
summary{cursor:pointer;font-weight:550}details>:not(summary){margin-inline-start:1.1rem}
.table{overflow-x:auto}table{border-collapse:collapse}th,td{min-width:5rem;padding:.4rem .65rem;border:1px solid var(--line);text-align:start;vertical-align:top}th{background:var(--sunken);font-weight:600}td>:last-child,th>:last-child{margin-bottom:0}.center{text-align:center}.right{text-align:end}
.formula{overflow-x:auto;overflow-y:hidden}math{font-size:1.15em}
.mention{padding:.05em .2em;border-radius:4px;background:var(--soft);color:var(--accent)}
.document{padding:.05em .2em;border-radius:4px;background:var(--sunken)}
figure{text-align:center}figure.left{text-align:start}figure.right{text-align:end}img{max-width:100%;height:auto;border-radius:6px}figcaption{color:var(--muted);font-size:.875rem}${widths}
.card{max-width:26rem;margin:12vh auto 0}.card h1{font-size:1.5rem}.card p{color:var(--muted)}
label{display:block;margin-bottom:.35rem;font-weight:550;font-size:.875rem}
input{width:100%;height:2.5rem;padding:0 .75rem;border:1px solid var(--edge);border-radius:6px;background:var(--canvas);color:var(--ink);font:inherit}
input[aria-invalid]{border-color:var(--danger)}
.card p.wrong{margin:.4rem 0 0;color:var(--danger);font-size:.875rem}
button,.action{display:inline-block;margin-top:1rem;padding:.5rem 1.1rem;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:550;text-decoration:none;cursor:pointer}
@media print{:root{color-scheme:light}header,footer{display:none}main{max-width:none;padding:0}body{font-size:11pt}h1,h2,h3,h4{break-after:avoid}pre,figure,tr,.callout{break-inside:avoid}pre{white-space:pre-wrap}.table,.formula{overflow:visible}a{color:inherit}main a[href^="http"]::after{content:" (" attr(href) ")";color:var(--muted);font-size:.85em}details::details-content{content-visibility:visible;block-size:auto}}
`

/** What a page with this style sheet may load: it and pictures of this server. Nothing runs, and nobody frames it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
