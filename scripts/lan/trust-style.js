/** The look of the trust page: one style sheet within the page, named by its hash in the policy. */
export const TRUST_STYLE = `
:root { color-scheme: light dark; --ink: #171a2b; --paper: #fff; --soft: #eef0fb; --line: #6b7090; --accent: #1f3ba6; --on: #fff; --good: #1d7a3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f3fa; --paper: #171a2b; --soft: #262b45; --line: #9aa1c9; --accent: #a9b8ff; --on: #171a2b; --good: #7fd79b; } }
* { box-sizing: border-box; min-width: 0; }
body { margin: 0; overflow-wrap: break-word; hyphens: auto; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { margin-top: 2.5rem; font-size: 1.3rem; } h3 { font-size: 1.1rem; }
a { color: var(--accent); } a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.button { display: inline-block; padding: .7rem 1.1rem; border-radius: .3rem; background: var(--accent); color: var(--on); font-weight: 600; text-decoration: none; }
.print { padding: .75rem 1rem; border-left: .3rem solid var(--accent); background: var(--soft); overflow-wrap: anywhere; }
code { font: 1rem/1.6 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: .3rem; margin: .75rem 0; padding: 0 1rem; }
summary { padding: .75rem 0; font-weight: 600; cursor: pointer; }
ol { padding-left: 1.4rem; } li { margin: .6rem 0; }
figure { margin: .75rem 0; } figcaption { font-size: .95rem; }
svg { display: block; width: 100%; max-width: 26rem; height: auto; border: 1px solid var(--line); border-radius: .3rem; background: var(--soft); }
svg.qr { max-width: 11rem; background: #fff; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); } svg .strong { font-weight: 700; }
svg .box { fill: var(--paper); stroke: var(--line); } svg .mark { fill: none; stroke: var(--accent); stroke-width: 3; }
svg .press { fill: var(--accent); } svg .on { fill: var(--on); font-weight: 700; } svg .good { fill: var(--good); } svg .line { stroke: var(--line); stroke-width: 2; fill: none; }
`;
