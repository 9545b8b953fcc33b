internal import Artifacts

// The lines are those of the script.
// swift-format-ignore-file

extension HTMLResource {
  /// What the runbook does: keeps ticks in the browser, exports and imports them, copies values and
  /// changes the language. It asks the network for nothing.
  static let runbookScript = HTMLResource(
    #"""

    (() => {
      'use strict';
      const root = document.documentElement;
      const { tenant, plan } = root.dataset;
      const prefix = 'mgc-runbook/' + tenant + '/';
      const boxes = [...document.querySelectorAll('input[type="checkbox"]')];
      const known = new Map(boxes.map((box) => [box.id, box]));
      const status = document.getElementById('status');
      const progress = document.getElementById('progress');
      const parts = [...document.querySelectorAll('article[data-step]')].map((part) => ({
        part,
        boxes: [...part.querySelectorAll('input[type="checkbox"]')],
        count: part.querySelector('.count'),
        line: document.getElementById('line-' + part.dataset.step),
      }));
      const partOf = new Map(parts.flatMap((part) => part.boxes.map((box) => [box, part])));
      let done = 0;

      const words = (name, ...values) => {
        const template = document.getElementById('words').querySelector(
          '[data-name="' + name + '"] > [lang="' + root.dataset.language + '"]');
        return values.reduce((text, value, index) => text.replace('{' + index + '}', value),
          template.textContent);
      };
      const say = (name, ...values) => { status.textContent = words(name, ...values); };

      const load = (key) => {
        try { return JSON.parse(localStorage.getItem(prefix + key) || 'null'); } catch { return null; }
      };
      const keep = (key, value) => {
        try {
          localStorage.setItem(prefix + key, JSON.stringify(value));
          return true;
        } catch {
          say('unkept');
          return false;
        }
      };
      const ticked = () => boxes.filter((box) => box.checked).map((box) => box.id);

      const count = (part) => {
        const number = part.boxes.filter((box) => box.checked).length;
        part.count.textContent = number + '/' + part.boxes.length;
        const isDone = number === part.boxes.length && number > 0;
        part.part.classList.toggle('done', isDone);
        if (part.line) part.line.classList.toggle('done', isDone);
      };
      const total = () => { progress.textContent = words('progress', done, boxes.length); };
      const mark = (box) => {
        box.parentElement.classList.toggle('ticked', box.checked);
      };

      /** Ticks what is known of a list, and says how much was not. */
      const take = (list) => {
        let unknown = 0;
        for (const id of list) {
          const box = known.get(id);
          if (box) { box.checked = true; mark(box); } else { unknown += 1; }
        }
        done = boxes.filter((box) => box.checked).length;
        parts.forEach(count);
        total();
        return unknown;
      };

      /** Ticks of the plan that was here before: a box stays ticked while its work is the same. */
      const former = () => {
        const last = load('last');
        return typeof last === 'string' && last !== plan ? load(last) : null;
      };

      const language = (name) => {
        root.dataset.language = name;
        root.lang = name;
        document.title = root.dataset['title' + (name === 'ja' ? 'Ja' : 'En')];
        for (const button of document.querySelectorAll('[data-language-button]')) {
          button.setAttribute('aria-pressed', String(button.dataset.languageButton === name));
        }
        status.textContent = '';
        total();
      };

      const copy = async (button) => {
        const source = document.getElementById(button.dataset.copy);
        const text = source.textContent;
        try {
          await navigator.clipboard.writeText(text);
        } catch {
          const selection = getSelection();
          const range = document.createRange();
          range.selectNodeContents(source);
          selection.removeAllRanges();
          selection.addRange(range);
          if (!document.execCommand('copy')) { say('uncopied'); return; }
          selection.removeAllRanges();
        }
        say('copied', text.length > 60 ? text.slice(0, 60) + '…' : text);
      };

      const save = () => {
        const content = JSON.stringify(
          { format: 'mgc-runbook-ticks', version: 1, tenant, plan, ticks: ticked() }, null, 2) + '\n';
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
        link.download = tenant + '-ticks.json';
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        say('exported', done);
      };

      const open = async (file) => {
        let content = null;
        try { content = file.size < 10000000 ? JSON.parse(await file.text()) : null; } catch { }
        const isOurs = content && content.format === 'mgc-runbook-ticks' && content.version === 1
          && Array.isArray(content.ticks) && content.ticks.every((id) => typeof id === 'string');
        if (!isOurs) { say('unreadable'); return; }
        if (content.tenant !== tenant) { say('other', String(content.tenant)); return; }
        for (const box of boxes) { box.checked = false; mark(box); }
        const unknown = take(content.ticks);
        keep(plan, ticked());
        keep('last', plan);
        if (unknown > 0) say('changed', done, unknown); else say('imported', done);
      };

      document.addEventListener('change', (event) => {
        const box = event.target;
        if (box.id === 'import') {
          if (box.files.length) open(box.files[0]).then(() => { box.value = ''; });
        } else if (known.has(box.id)) {
          done += box.checked ? 1 : -1;
          mark(box);
          if (partOf.has(box)) count(partOf.get(box));
          total();
          if (keep(plan, ticked())) keep('last', plan);
        }
      });
      document.addEventListener('click', (event) => {
        const button = event.target.closest('button');
        if (!button) return;
        if (button.dataset.languageButton) {
          language(button.dataset.languageButton);
          keep('language', button.dataset.languageButton);
        } else if (button.dataset.copy) {
          copy(button);
        } else if (button.id === 'export') {
          save();
        }
      });

      const chosen = load('language');
      language(chosen === 'ja' || chosen === 'en' ? chosen : root.lang);
      const own = load(plan);
      const before = Array.isArray(own) ? null : former();
      const list = Array.isArray(own) ? own : Array.isArray(before) ? before : [];
      const unknown = take(list.filter((id) => typeof id === 'string'));
      if (before && list.length) say('changed', done, unknown);
    })();

    """#,
    sha256: "/3J7fLhVQEX/PHf9OgDbVOuE6rIkzqhFfRJDnb5eM8I=")
}
