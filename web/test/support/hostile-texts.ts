/** Texts that break careless clients: markup, addresses, directions, towers of marks, lengths, code. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '</title><script>alert(1)</script>',
  '{{7*7}} ${7*7}',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x blob:x file:///x //evil',
  'https:evil https:/evil https:\\\\evil',
  'https://google.com\\@evil.example',
  'https://a@b https://google.com@evil.example https://a:b@evil.example',
  'https://xn--ypal-43d9g.com/x',
  'https://раypal.com/x https://раураӏ.com',
  'https://[::1]:80/x hxxp://evil.example',
  `https://example.com/${'a'.repeat(2_000)}`,
  'https://example.com/x).,;”',
  'begin \u202Etxt.exe\u2066 \u200F\u061C end',
  '\u202Egnp.exe',
  '\u202Dabc \u05D0\u05D1',
  'abc\u061C 123 \u05D0',
  '\u2067\u2066 isolated',
  'a\u200Db\u00ADc\uFEFFd',
  'filled \u3164\u115F\u1160\uFFA0\u2800 in',
  'a lone \uFE0F selector',
  `Z${'\u0300'.repeat(200)}`,
  `Z${'\u0323'.repeat(200)}`,
  '👨‍👩‍👧‍👦🏳️‍🌈👍🏽1️⃣🇫🇷\uFE0F',
  '👍'.repeat(4_000),
  'W'.repeat(4_000),
  `${'\n'.repeat(3_999)}x`,
  '\t\ttabs\tof\tall\tkinds',
  '```\nnever closed',
  '```a\n'.repeat(800),
  '`'.repeat(2_000),
  '> > > nested\n>> quotes',
  '__proto__',
  'constructor',
  'toString',
  'undefined',
  'null undefined 0 NaN',
];

/** Texts without anything that is seen: nobody can send them. */
export const BLANK_TEXTS: readonly string[] = [
  // Few: into any field Chromium needs seconds to write thousands.
  '\n'.repeat(40),
  '\uFE0F',
  '\u202E',
  '\u061C',
  '\u3164\u115F\u1160\uFFA0',
  '\u200B\u00AD\uFEFF',
];

/** What people see of a text: all of it, but a host of mixed alphabets as what it is. */
export const shownOf = (text: string): string => text.replace('раypal.com', 'xn--ypal-43d9g.com');
