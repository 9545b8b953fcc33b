internal import Artifacts

// The lines are those of the style sheet.
// swift-format-ignore-file

extension HTMLResource {
  /// How the runbook looks: on screens of any width, in light and dark, and on paper.
  static let runbookStyle = HTMLResource(
    #"""

    :root {
      color-scheme: light dark;
      --ground: #fbfaf7; --card: #ffffff; --text: #1f2328; --quiet: #575e68; --line: #d9d5cc;
      --accent: #0b5c6b; --accent-ground: #e3f1f3; --note: #6b4a00; --note-ground: #fdf4dc;
      --done: #226338; --done-ground: #e6f3ea; --code-ground: #f1efe9;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #16181c; --card: #1e2126; --text: #e7e6e2; --quiet: #a9adb5; --line: #3a3f47;
        --accent: #7fd0de; --accent-ground: #17343a; --note: #f0cf86; --note-ground: #352c14;
        --done: #8fd6a5; --done-ground: #17301f; --code-ground: #282c33;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--ground); color: var(--text); line-height: 1.75; font-size: 1rem;
      font-family: system-ui, "Hiragino Sans", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", "Noto Sans JP", sans-serif;
      overflow-wrap: anywhere;
    }
    html[data-language="ja"] body [lang="en"], html[data-language="en"] body [lang="ja"] { display: none; }
    h1 { font-size: 1.7rem; line-height: 1.35; margin: 0 0 .5rem; text-wrap: balance; }
    h2 { font-size: 1.3rem; line-height: 1.4; margin: 0 0 .75rem; text-wrap: balance; }
    h3 { font-size: 1.05rem; line-height: 1.5; margin: 1.5rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p, ul, ol, dl, table { margin: 0 0 .75rem; }
    a { color: var(--accent); text-underline-offset: .15em; }
    a, button, input, summary, label { touch-action: manipulation; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
    code, pre { font-family: ui-monospace, "SFMono-Regular", Consolas, "Noto Sans Mono CJK JP", monospace; font-size: .9em; }
    code { background: var(--code-ground); border-radius: 4px; padding: .1em .3em; white-space: break-spaces; }
    pre {
      background: var(--code-ground); border-radius: 6px; padding: .5rem .75rem; margin: 0; white-space: pre-wrap;
      overflow: auto; max-height: 15rem; line-height: 1.6; min-width: 0;
    }
    .page { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 3; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .quiet { color: var(--quiet); }
    .bar {
      position: sticky; top: 0; z-index: 2; background: var(--ground); border-bottom: 1px solid var(--line);
    }
    .bar > div {
      max-width: 62rem; margin: 0 auto; padding: .5rem 1.25rem; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
    }
    .bar .progress { font-weight: 600; margin-right: auto; font-variant-numeric: tabular-nums; }
    .group { display: inline-flex; gap: .4rem; }
    button, .file-button {
      font: inherit; font-size: .9rem; line-height: 1.4; color: var(--accent); background: var(--card); border: 1px solid currentColor;
      border-radius: 6px; padding: .3rem .75rem; cursor: pointer; min-height: 2.25rem;
    }
    .file-button { display: inline-flex; align-items: center; }
    .file-button:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
    button[aria-pressed="true"] { background: var(--accent); color: var(--card); border-color: var(--accent); }
    .status { flex-basis: 100%; margin: 0; font-size: .9rem; color: var(--quiet); }
    .status:empty { display: none; }
    section, article { margin: 2rem 0 0; }
    article, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; }
    article { scroll-margin-top: 4.5rem; }
    article.done { border-color: var(--done); }
    .count { font-size: .9rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
    article.done .count { color: var(--done); font-weight: 600; }
    dl.facts { display: grid; grid-template-columns: minmax(5.5rem, max-content) 1fr; gap: .25rem 1rem; }
    dl.facts dt { color: var(--quiet); }
    dl.facts dd { margin: 0; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
    th { color: var(--quiet); font-weight: 600; }
    td:first-child { min-width: 10rem; }
    ul.tasks { list-style: none; padding: 0; }
    ul.tasks li, .saved { display: grid; grid-template-columns: 1.6rem 1fr; gap: 0 .5rem; padding: .35rem 0; align-items: start; }
    input[type="checkbox"] { width: 1.25rem; height: 1.25rem; margin: .25rem 0 0; accent-color: var(--accent); }
    .ticked label { color: var(--quiet); text-decoration: line-through; text-decoration-color: var(--done); }
    .note {
      background: var(--note-ground); border-left: 4px solid var(--note); border-radius: 0 6px 6px 0; padding: .6rem .9rem; margin: 0 0 .75rem;
    }
    .open { white-space: nowrap; }
    .note strong { color: var(--note); }
    .note p { margin: 0; }
    details { border-top: 1px solid var(--line); padding: .6rem 0; }
    summary { cursor: pointer; font-weight: 600; }
    .entry { border-left: 3px solid var(--line); padding: 0 0 0 .9rem; margin: .75rem 0; }
    .value { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr auto; gap: .25rem .75rem; align-items: start; padding: .3rem 0; }
    .value > span:first-child { color: var(--quiet); }
    ol.timeline { list-style: none; padding: 0; margin: 0; }
    ol.timeline li { display: grid; grid-template-columns: minmax(9rem, 21rem) 1fr; gap: 0 1.5rem; position: relative; }
    ol.timeline li > div { padding: .35rem 0 .35rem 1.5rem; border-left: 2px solid var(--line); position: relative; }
    ol.timeline li > div::before {
      content: ""; position: absolute; left: -.45rem; top: .8rem; width: .75rem; height: .75rem; border-radius: 50%;
      background: var(--card); border: 2px solid var(--accent);
    }
    ol.timeline li.main > div::before { background: var(--accent); }
    ol.timeline li.done > div::before { background: var(--done); border-color: var(--done); }
    ol.timeline .day { text-align: right; padding: .35rem 0; color: var(--quiet); font-variant-numeric: tabular-nums; }
    ol.timeline .day strong { color: var(--text); display: block; font-weight: 600; }
    .picture { overflow-x: auto; margin: 0 0 1rem; }
    .picture svg { max-width: 100%; height: auto; display: block; }
    .check { background: var(--accent-ground); border-radius: 6px; padding: .6rem .9rem; margin: 0 0 .75rem; }
    .check > :last-child { margin-bottom: 0; }
    @media (max-width: 40rem) {
      .picture svg { max-width: none; }
      .bar { position: static; }
      html { scroll-padding-top: 0; }
      .page { padding: 1rem .9rem 3rem; }
      .bar > div { padding: .4rem .9rem; }
      h1 { font-size: 1.4rem; }
      article, .card { padding: 1rem .9rem; }
      dl.facts { grid-template-columns: 1fr; gap: 0; }
      dl.facts dd { margin-bottom: .4rem; }
      ol.timeline li { grid-template-columns: 1fr; }
      ol.timeline .day { text-align: left; padding: .35rem 0 0 1.5rem; border-left: 2px solid var(--line); }
      ol.timeline .day strong { display: inline; margin-right: .5rem; }
      .value { grid-template-columns: 1fr auto; }
      .value > span:first-child { grid-column: 1 / -1; }
      table.stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      table.stacked tr, table.stacked td { display: block; padding-right: 0; }
      table.stacked td { border: 0; padding: .1rem 0; }
      table.stacked tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
    }
    @media print {
      .picture { overflow: visible; break-inside: avoid; }
      .picture svg { max-width: 100%; }
      :root {
        --ground: #fff; --card: #fff; --text: #000; --quiet: #444; --line: #bbb; --accent: #000; --accent-ground: #f2f2f2;
        --note: #000; --note-ground: #f2f2f2; --done: #000; --done-ground: #fff; --code-ground: #f2f2f2;
      }
      @page { margin: 16mm 14mm; }
      html { font-size: 9.5pt; }
      body { line-height: 1.55; }
      .page { max-width: none; padding: 0; }
      .bar, .skip, button, .open { display: none !important; }
      article, .card { border: 0; border-top: 2px solid #000; border-radius: 0; padding: .5rem 0 0; margin-top: 1.25rem; }
      h2, h3, h4 { break-after: avoid; }
      ul.tasks li, .note, .value, tr, ol.timeline li, .check { break-inside: avoid; }
      pre { max-height: none; overflow: visible; }
      details::details-content { content-visibility: visible; block-size: auto; }
      input[type="checkbox"] { appearance: none; border: 1.2pt solid #000; border-radius: 1pt; width: 10pt; height: 10pt; display: grid; place-content: center; }
      input[type="checkbox"]:checked::after { content: "✓"; font-size: 10pt; line-height: 1; }
      .ticked label { text-decoration: none; }
      a { color: inherit; text-decoration: none; }
    }

    """#,
    sha256: "x63HvqO9FkJX6WnIS4CnvvMcJIZruRzZaOEJNQhUMrw=")
}
