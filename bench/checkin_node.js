// The bare work of a check-in on node and PostgreSQL: one prepared statement, one commit each;
// the fact, the visit's state (which is also its timer) and the operator's count.  No rights, no
// rules, no ledger: what a small server would do at the least.
//
//     node checkin_node.js SOCKET_DIR PORT_FILE
'use strict';
const http = require('http');
const fs = require('fs');
const { Pool } = require('pg');

const [, , socket, portFile] = process.argv;
const pool = new Pool({ host: socket, user: 'postgres', database: 'postgres', max: 32 });
const checkIn = {
	name: 'check-in',
	text: `WITH v AS (UPDATE visit SET state = 1, started_at = now(), look_at = $2
			WHERE id = $1 AND state = 0 RETURNING id, operator_id),
		e AS (INSERT INTO event (kind, visit_id, body) SELECT 'started', id, $3 FROM v)
		UPDATE operator SET started = started + 1 FROM v WHERE operator.id = v.operator_id
		RETURNING v.id`,
};

http.createServer((req, res) => {
	let body = '';
	req.on('data', (d) => { body += d; });
	req.on('end', async () => {
		const id = req.url.split('/')[3];
		try {
			const { proof } = JSON.parse(body);
			const r = await pool.query({ ...checkIn, values: [id, Date.now(), proof] });
			const out = JSON.stringify({ id, started: r.rowCount === 1 });
			res.writeHead(r.rowCount ? 200 : 409, { 'Content-Type': 'application/json',
				'Content-Length': Buffer.byteLength(out) });
			res.end(out);
		} catch (e) {
			res.writeHead(500, { 'Content-Length': 0 });
			res.end();
		}
	});
}).listen(0, '127.0.0.1', function () {
	fs.writeFileSync(portFile, String(this.address().port));
});
