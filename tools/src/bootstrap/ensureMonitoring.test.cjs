const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, test } = require('node:test');
const { pathsOf } = require('../support/paths.cjs');
const { Supervisor } = require('../support/Supervisor.cjs');
const { ensureMonitoring, findMonitoring } = require('./ensureMonitoring.cjs');
const { relocateAlertmanager } = require('./relocateAlertmanager.cjs');

const supervisor = new Supervisor();
const roots = [];

after(() => {
  roots.forEach(root => fs.rmSync(root, { recursive: true, force: true }));
});

/** A checkout of its own, and a PATH with these programs alone. */
function machine(programs = {}) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'day2-monitoring-'));
  roots.push(root);
  const bin = path.join(root, 'path');
  fs.mkdirSync(bin);
  for (const [name, text] of Object.entries(programs)) {
    fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`);
    fs.chmodSync(path.join(bin, name), 0o755);
  }
  return { paths: pathsOf(root, {}), supervisor, env: { PATH: bin } };
}

/** Downloads two empty files; `guard` may fail first. */
const aptGet = (guard = '') =>
  `test "$1" = --version && exit 0
${guard}
case "$*" in *update*) exit 0;; esac
: > prometheus_2.deb; : > prometheus-alertmanager_0.deb`;

/** Unpacks each package to programs that run. */
const dpkgDeb = `test "$1" = --version && exit 0
dir="$3/usr/bin"; /bin/mkdir -p "$dir"
for name in prometheus promtool prometheus-alertmanager; do
  printf '#!/bin/sh\\nexit \${BROKEN:-0}\\n' > "$dir/$name"; /bin/chmod +x "$dir/$name"
done`;

const leftovers = ({ paths }) =>
  fs.readdirSync(paths.toolchain).filter(name => /monitoring-/.test(name));

test('without apt-get it says so, and nothing is fetched', async () => {
  const { programs, reason } = await ensureMonitoring(machine());
  assert.equal(programs, undefined);
  assert.match(reason, /no apt-get .* on PATH/);
});

test('what is on PATH is taken', async () => {
  const own = machine({ prometheus: '', promtool: '', alertmanager: '' });
  const { programs } = await ensureMonitoring(own);
  assert.equal(programs.alertmanager, path.join(own.env.PATH, 'alertmanager'));
});

test('packages are unpacked once, and found again without apt-get', async () => {
  const own = machine({ 'apt-get': aptGet(), 'dpkg-deb': dpkgDeb });
  const { programs } = await ensureMonitoring(own);
  assert.equal(
    programs.prometheus,
    path.join(own.paths.monitoring, 'prometheus'),
  );
  assert.deepEqual(leftovers(own), []);
  fs.rmSync(own.env.PATH, { recursive: true });
  assert.deepEqual(await ensureMonitoring(own), { programs });
});

test('lists that are empty are read into a folder of ours', async () => {
  const own = machine({
    'apt-get': aptGet(
      'case "$*" in *Dir::State::Lists*) ;; *) echo "E: Unable to locate package"; exit 100;; esac',
    ),
    'dpkg-deb': dpkgDeb,
  });
  const { programs } = await ensureMonitoring(own);
  assert.ok(programs);
  assert.deepEqual(leftovers(own), []);
});

test('a download that fails is said with its log, and leaves nothing', async () => {
  const own = machine({ 'apt-get': aptGet('exit 100'), 'dpkg-deb': dpkgDeb });
  const { programs, reason } = await ensureMonitoring(own);
  assert.equal(programs, undefined);
  assert.match(reason, /apt-get failed \(.*monitoring-.*\.log\)/);
  assert.deepEqual(leftovers(own), []);
  assert.equal(findMonitoring(own), undefined);
});

test('programs that do not run here are not taken', async () => {
  const own = machine({ 'apt-get': aptGet(), 'dpkg-deb': dpkgDeb });
  own.env.BROKEN = '126';
  const { programs, reason } = await ensureMonitoring(own);
  assert.equal(programs, undefined);
  assert.match(reason, /Debian’s prometheus does not run here/);
  assert.deepEqual(leftovers(own), []);
});

test('an Alertmanager that is unpacked only finds its templates beside it', () => {
  const { paths } = machine();
  const folder = path.join(paths.root, 'unpacked');
  const templates = path.join(paths.root, 'share');
  fs.mkdirSync(folder);
  fs.mkdirSync(templates);
  fs.writeFileSync(path.join(templates, 'default.tmpl'), 'the template');
  const program = path.join(paths.root, 'program');
  // As long as the path in the real one, and read by the same name.
  fs.writeFileSync(
    program,
    '#!/bin/sh\n/bin/cat /usr/share/prometheus/alertmanager/default.tmpl; echo " $1"\n',
  );
  relocateAlertmanager({ program, templates, folder });
  const said = execFileSync(path.join(folder, 'alertmanager'), ['argument'], {
    encoding: 'utf8',
    cwd: os.tmpdir(),
  });
  assert.equal(said, 'the template argument\n');
});
