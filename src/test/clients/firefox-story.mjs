// The main story in Firefox, driven by WebDriver BiDi: a teacher opens a roll, a phone answers, the teacher sees it live and
// ends the roll. In the next roll a phone opens the link with a code. NODE_PATH names a node_modules folder with puppeteer-core. Prints each step; any error ends it with exit code 1.
//   node firefox-story.mjs http://host:port <classId>
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_PATH + '/');
const puppeteer = require('puppeteer-core');

const [server, classId] = process.argv.slice(2);
const errors = [];

const firefox = await puppeteer.launch({
  browser: 'firefox',
  executablePath: '/usr/bin/firefox-esr',
  headless: true,
  timeout: 90_000,
  extraPrefsFirefox: { 'intl.accept_languages': 'en-GB', 'intl.locale.requested': 'en-GB' }
});

/** Opens a window with its own cookies, like another person's browser. */
async function open(path, width, height) {
  const page = await (await firefox.createBrowserContext()).newPage();
  page.setDefaultTimeout(90_000);
  page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`));
  await page.setViewport({ width, height });
  await page.goto(server + path, { waitUntil: 'load' });
  return page;
}

/** Waits until the condition is true in the page. */
async function sees(page, step, condition, ...values) {
  await page.waitForFunction(condition, {}, ...values);
  console.log(step);
}

/** Opens another roll, which requires a code and has a deadline, and returns the link of its QR code. */
async function linkOfRollWithCode() {
  const roll = `${server}/classes/${classId}/roll`;
  const headers = { 'Content-Type': 'application/json' };
  await fetch(roll, { method: 'POST', headers, body: '{"code": true, "endsAfter": "PT1H"}' });
  const { codes } = await (await fetch(`${roll}/code`)).json();
  return `${server}/${classId}/${codes[0].code}`;
}

async function story() {
  const teacher = await open('/teacher', 1280, 800);
  await teacher.waitForSelector('#class');
  await teacher.type('#class', classId);
  await teacher.keyboard.press('Enter');
  await sees(teacher, 'live', () => document.querySelector('[data-connection]')?.dataset.state === 'live');

  const phone = await open(`/${classId}`, 360, 640);
  await phone.type('#student', '042191010');
  await phone.keyboard.press('Enter');
  await sees(phone, 'recorded', () => document.body.dataset.state === 'recorded');
  await sees(teacher, 'counted', () => document.querySelector('.counter [data-count]').textContent === '1');
  await sees(teacher, 'listed', () => document.querySelector('[data-rows] .id')?.textContent === '042191010');

  await phone.reload({ waitUntil: 'load' });
  await sees(phone, 'receipt after a reload', () => document.body.dataset.state === 'recorded');

  await teacher.click('[data-end]');
  await teacher.waitForSelector('[data-dialog][open]');
  await teacher.click('[data-confirm]');
  await sees(teacher, 'sheet', () => document.querySelector('[data-students] .id')?.textContent === '042191010');

  const late = await open(`/${classId}`, 360, 640);
  await late.type('#student', '042191011');
  await late.keyboard.press('Enter');
  await sees(late, 'refused', () => document.body.dataset.state === 'refused');

  await late.goto(await linkOfRollWithCode(), { waitUntil: 'load' });
  await sees(late, 'deadline', () => document.querySelector('[data-until]').textContent.startsWith('Answer before '));
  await late.type('#student', '042191011');
  await late.keyboard.press('Enter');
  await sees(late, 'recorded with a code', (path) => document.body.dataset.state === 'recorded'
    && location.pathname === path, `/${classId}`);
}

try {
  await story();
  if (errors.length > 0) {
    throw new Error(errors.join('\n'));
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await firefox.close();
}
