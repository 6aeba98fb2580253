const fs = require('node:fs');
const path = require('node:path');

/** Where Debian's Alertmanager looks for its own templates, installed or not. */
const THEIRS = '/usr/share/prometheus/alertmanager';
/** The same length: a folder that whoever starts it has opened as descriptor 9. */
const OURS = '/proc/self/fd/9'.padStart(THEIRS.length, '/');

/**
 * Makes an Alertmanager that is unpacked only find its templates beside itself,
 * where nothing may be, or should be, written to /usr/share: the path in a copy of
 * the program is replaced, and a script in its place opens the folder first. A
 * build that has its templates within stays as it is.
 */
function relocateAlertmanager({ program, templates, folder }) {
  const bytes = fs.readFileSync(program);
  let found = 0;
  for (
    let at = bytes.indexOf(THEIRS);
    at >= 0;
    at = bytes.indexOf(THEIRS, at)
  ) {
    bytes.write(OURS, at, 'latin1');
    found += 1;
  }
  const target = path.join(folder, 'alertmanager');
  if (found === 0 || !fs.existsSync(templates)) {
    fs.renameSync(program, target);
    return;
  }
  fs.mkdirSync(path.join(folder, 'templates'));
  for (const name of fs.readdirSync(templates)) {
    if (name.endsWith('.tmpl')) {
      fs.copyFileSync(
        path.join(templates, name),
        path.join(folder, 'templates', name),
      );
    }
  }
  fs.writeFileSync(path.join(folder, 'alertmanager.bin'), bytes, {
    mode: 0o755,
  });
  fs.writeFileSync(
    target,
    [
      '#!/bin/sh',
      '# Descriptor 9 is where the program looks for its templates.',
      'folder=$(dirname "$0")',
      'exec 9<"$folder/templates"',
      'exec "$folder/alertmanager.bin" "$@"',
      '',
    ].join('\n'),
    { mode: 0o755 },
  );
}

module.exports = { relocateAlertmanager };
