// Asks our recurrences and npm's rrule the same, over random rules.
//
//     node rrule_oracle.js TIME_ORACLE [RULES]
//
// Left out, because the two read the RFC differently, on purpose:
//  - BYDAY that mixes "MO" and "1TU": rrule takes the intersection, the RFC lists days;
//  - BYSETPOS with WEEKLY when DTSTART is not on WKST: rrule counts from DTSTART, we count
//    in the whole week;
//  - BYSETPOS=-9 of a set of three days: rrule takes the first, the RFC has no such day.
//    And it gives a day twice when two positions meet.  So -1 is asked, and alone.
// A rule without any day makes rrule walk to the year 9999, so only one in eight of those is
// asked (a rule that we find empty by mistake shows among them: there are hundreds).
'use strict';
const { execFileSync } = require('child_process');

let RRule;
try {
	RRule = require('rrule').RRule;
} catch (e) {
	console.log('skipped: npm package "rrule" is not installed (npm ci)');
	process.exit(process.env.CI ? 1 : 77);
}

const [, , oracle, amount = '10000'] = process.argv;
const DAY = 86400000;
const NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQ = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

let state = 20261122;
function random() { // mulberry32
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const chance = (p) => random() < p;
const some = (n, make) => [...new Set(Array.from({ length: 1 + below(n) }, make))];
const signed = (n) => (chance(0.4) ? -1 : 1) * (1 + below(n));

function text(d) {
	const c = new Date(d * DAY).toISOString();
	return c.slice(0, 10).replace(/-/g, '');
}

function randomRule() {
	const freq = below(4);
	const from = 18000 + below(8000);
	const parts = [`FREQ=${FREQ[freq]}`];
	const wkst = chance(0.3) ? below(7) : 0;
	if (chance(0.5))
		parts.push(`INTERVAL=${1 + below(chance(0.8) ? 5 : 60)}`);
	if (wkst)
		parts.push(`WKST=${NAMES[wkst]}`);
	let by = false;
	if (chance(0.3)) {
		parts.push('BYMONTH=' + some(4, () => 1 + below(12)).join());
		by = true;
	}
	if (freq !== 1 && chance(0.35)) {
		parts.push('BYMONTHDAY=' + some(5, () => signed(31)).join());
		by = true;
	}
	if (chance(0.5)) {
		const nth = freq >= 2 && chance(0.5);
		const most = freq === 3 && !parts.some((p) => p.startsWith('BYMONTH=')) ? 53 : 5;
		parts.push('BYDAY=' + some(5, () => (nth ? signed(most) : '') + NAMES[below(7)]).join());
		by = true;
	}
	const weekday = (((from + 3) % 7) + 7) % 7;
	if (by && chance(0.25) && (freq !== 1 || weekday === wkst)) {
		const most = freq === 0 ? 1 : 4;
		parts.push('BYSETPOS=' + (chance(0.5) ? '-1' : some(3, () => 1 + below(most)).sort().join()));
	}
	const years = [1, 2, 5, 20][freq];
	const last = from + Math.floor(years * 365.25);
	if (chance(0.25))
		parts.push(`COUNT=${1 + below(40)}`);
	else if (chance(0.3))
		parts.push(`UNTIL=${text(from + below(last - from))}`);
	return { from, last, rule: parts.join(';') };
}

function theirs(rule, from, last) {
	const options = RRule.parseString(rule);
	options.dtstart = new Date(from * DAY);
	const until = options.until ? Math.min(options.until.getTime(), last * DAY) : last * DAY;
	options.until = new Date(until);
	return new RRule(options).all().map((d) => d.getTime() / DAY);
}

const rules = Array.from({ length: Number(amount) }, randomRule);
const input = rules.map((r) => `rule ${r.from} ${r.last} ${r.rule}\n`).join('');
const output = execFileSync(oracle, { input, maxBuffer: 1 << 30 }).toString().split('\n');
let bad = 0, days = 0, none = 0;
rules.forEach((r, i) => {
	const [canonical, ...got] = output[i].split(' ');
	if (!got.length && canonical.startsWith('FREQ') && i % 8)
		return;
	const want = canonical.startsWith('FREQ') ? theirs(r.rule, r.from, r.last) : ['a rule'];
	days += want.length;
	none += want.length === 0;
	if (got.join() === want.join())
		return;
	if (++bad <= 10)
		console.log(`${text(r.from)} ${r.rule}\n  ours:   ${canonical} ${got.slice(0, 12)}` +
			`\n  theirs: ${want.slice(0, 12)}`);
});
console.log(`${rules.length} rules, ${days} days, ${none} without any, ${bad} differences`);
process.exit(bad || days < rules.length ? 1 : 0);
