#!/usr/bin/env python3
"""The main job, end to end, through the server's own interfaces; only the outbox is read aside.

A made-up territory is served on a simulated clock with nobody acting.  One promised visit is
attended by nobody: it must be seen late, the person told the truth, the right to replacement
opened, offers made with their reasons, one accepted by a carer on her own device, the person
told who comes, help given, and all of it counted in the bilan.  Another need is failed for days: a
report is proposed on its facts, decided by a référent with a reason, and written in the ledger,
which verifies.  Standard library only.

    main_job.py BUILD_DIR SOURCE_DIR
"""
import datetime
import http.cookiejar
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

BUILD, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
VIGIE, VIGIED = os.path.join(BUILD, 'vigie'), os.path.join(BUILD, 'vigied')


def check(true, what):
    if not true:
        raise AssertionError(what)
    print('ok - ' + what)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Session:
    """One reader of the server, with her own cookie."""

    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), NoRedirect())
        self.csrf = ''

    def ask(self, method, path, fields=None, as_json=True):
        data = None
        headers = {'Accept': 'application/json' if as_json else 'text/html'}
        if fields is not None:
            data = json.dumps(fields).encode() if as_json else urllib.parse.urlencode(fields).encode()
            headers['Content-Type'] = ('application/json' if as_json
                                       else 'application/x-www-form-urlencoded')
        if self.csrf:
            headers['X-CSRF-Token'] = self.csrf
        rq = urllib.request.Request(self.base + path, data, headers, method=method)
        try:
            with self.opener.open(rq, timeout=20) as r:
                return r.status, r.read().decode()
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode()

    def get(self, path):
        status, body = self.ask('GET', path)
        check(status == 200, 'GET %s answers %d' % (re.sub(r'[0-9A-Z]{26}', 'ID', path), status)) \
            if status != 200 else None
        return json.loads(body)

    def page(self, path):
        status, body = self.ask('GET', path, as_json=False)
        if status != 200:
            raise AssertionError('GET %s answers %d' % (path, status))
        return body

    def post(self, path, fields):
        status, body = self.ask('POST', path, fields)
        return status, json.loads(body) if body else {}

    def enter_demo(self, role):
        status, _ = self.ask('POST', '/demo/entrer', {'role': role}, as_json=False)
        check(status == 303, 'the demo opens its door to the role ' + role)
        self.csrf = self.get('/api/session')['csrf']
        return self

    def enter_device(self, token):
        for _ in range(40):  # too many doors opened from one address: wait as asked
            status, _ = self.ask('POST', '/api/login/device', {'token': token})
            if status != 429:
                break
            time.sleep(0.3)
        if status not in (200, 303):
            raise AssertionError('a device enrols: %d' % status)
        self.csrf = self.get('/api/session')['csrf']
        return self


class Server:
    def __init__(self, data, speed):
        self.p = subprocess.Popen(
            [VIGIED, '--data', data, '--listen', '127.0.0.1:0', '--clock', 'simulated:%d' % speed,
             '--web', os.path.join(SOURCE, 'web')],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=SOURCE)
        line = self.p.stdout.readline()
        self.base = re.search(r'http://\S+', line).group(0)

    def kill(self):
        if self.p.poll() is None:
            self.p.kill()

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        check(self.p.wait(timeout=60) == 0, 'the server stops gently')


def wait_for(what, condition, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        got = condition()
        if got:
            print('ok - ' + what)
            return got
        time.sleep(0.15)
    raise AssertionError('waited in vain: ' + what)


def run(*args):
    return subprocess.run(args, cwd=SOURCE, check=True, capture_output=True, text=True).stdout


def plant(server):
    """A visit that nobody attends: late, told, right, offers, covered, told again, served."""
    desk = Session(server.base).enter_demo('coordinator')
    today = datetime.date(2026, 11, 20)
    q = '/api/visits?from=%s&until=%s' % (today, today)
    visits = desk.get(q)['visits']
    check(len(visits) > 20, 'the desk sees the visits of its day (%d)' % len(visits))
    carers = sorted({v['carer_id'] for v in visits if v.get('carer_id')})
    phones = {}
    for c in carers:
        status, made = desk.post('/api/carers/%s/device' % c, {})
        if status != 200:
            raise AssertionError('enrolment: %d %s' % (status, made))
        token = made.get('token') or made.get('link', '').rsplit('/', 1)[-1].rsplit('=', 1)[-1]
        phones[c] = Session(server.base).enter_device(token)
    print('ok - the desk enrols %d devices, each by a link used once' % len(phones))
    # the first visits of the morning that nobody will attend; one of them finds somebody
    watched = [v for v in visits if v.get('carer_id') and v['state'] == 'planned']
    watched.sort(key=lambda v: v['start_at'])
    ids = [v['id'] for v in watched[:12]]
    state = lambda i: desk.get('/api/visits/' + i)
    late = wait_for('a visit that nobody attends is seen and the person is told the truth',
                    lambda: next((v for v in map(state, ids) if v.get('told_at')), None))
    check(late['state'] in ('planned', 'missed') and not late.get('started_at'), 'nobody has begun it')
    wait_for('the right to replacement opens',
             lambda: any(state(i).get('right_at') for i in ids))

    def accept():
        for c, phone in phones.items():
            html = phone.page('/')
            m = re.search(r'action="/api/offers/([0-9A-Z]{26})/accept"', html)
            if m and 'refuser ne change rien' in html.replace('\u2019', "'"):
                status, _ = phone.post('/api/offers/%s/accept' % m.group(1), {})
                if status == 200:
                    return c
        return None
    who = wait_for('an offer with its reasons reaches a carer, who accepts', accept)
    covered = wait_for('the visit is covered again, dated', lambda: next(
        (v for v in (state(v['id']) for v in watched) if v.get('replaced_at')
         and v.get('carer_id') == who), None))
    story = desk.page('/visites/' + covered['id'])
    check('La personne est prévenue' in story and 'Visite confiée' in story,
          'its story is told at the desk')
    check(covered.get('told_at') and covered['told_at'] < covered['replaced_at'],
          'the same visit was told late before it was covered')
    phone = phones[who]
    status, _ = phone.post('/api/visits/%s/check-in' % covered['id'], {'proof': 'tag'})
    check(status == 200, 'the replacement arrives')
    check(phone.post('/api/visits/%s/check-in' % covered['id'], {'proof': 'tag'})[0] == 409,
          'a second arrival is refused')
    other = next(p for c, p in phones.items() if c != who)
    check(other.post('/api/visits/%s/check-out' % covered['id'], {})[0] in (403, 404),
          'another carer cannot end it')
    time.sleep(2)  # twenty minutes at the home
    status, _ = phone.post('/api/visits/%s/check-out' % covered['id'], {'proof': 'tag'})
    check(status == 200, 'and leaves')
    check(state(covered['id'])['state'] == 'ended', 'the visit is done')
    check(Session(server.base).ask('GET', '/')[0] == 200 and
          Session(server.base).ask('GET', '/bilans/76')[0] == 200,
          'the public pages answer by themselves')
    return covered['id']


def told(data, visit):
    """Who was told what about a visit: the rows of the outbox."""
    raw = 0
    for letter in visit:
        raw = raw << 5 | '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(letter)
    db = sqlite3.connect('file:%s?mode=ro' % os.path.join(data, 'vigie.db'), uri=True)
    keys = {k for (k,) in db.execute('SELECT key FROM notice WHERE visit_id = ?',
                                     (raw.to_bytes(16, 'big'),))}
    db.close()
    for key in ('notice.late.person', 'notice.late.operator', 'notice.assigned.person'):
        check(key in keys, 'the outbox holds ' + key)


def report(server):
    """A need failed for days: a report is proposed, decided with a reason, by a human."""
    referent = Session(server.base).enter_demo('referent')
    find = lambda: re.search(r'action="/api/signalements/([0-9A-Z]{26})/decide"',
                             referent.page('/signalements'))
    m = wait_for('a report is proposed on its facts', find, 90)
    path = '/api/signalements/%s/decide' % m.group(1)
    check(referent.post(path, {'send': False, 'reason': 'ok'})[0] == 422, '"ok" is not a reason')
    desk = Session(server.base).enter_demo('coordinator')
    check(desk.post(path, {'send': False, 'reason': 'x' * 40})[0] in (403, 404),
          'the body in question does not decide')
    status, got = referent.post(path, {
        'send': False, 'consent': 'none',
        'reason': 'La famille a pris le relais et ne souhaite pas de signalement.'})
    check(status == 200, 'a référent declines with a reason, and a second reader will read it')


def main():
    tmp = tempfile.mkdtemp(prefix='vigie-e2e-')
    data = os.path.join(tmp, 'data')
    server = None
    try:
        run(VIGIE, 'demo', '--data', data, '--persons', '150', '--days', '3', '--seed', '5',
            '--until', '2026-11-20')
        server = Server(data, 600)
        covered = plant(server)
        server.stop()
        told(data, covered)
        server = Server(data, 12000)
        report(server)
        server.stop()
        bilan = json.loads(run(VIGIE, 'bilan', '--data', data, '--territory', '76', '--month',
                               '2026-11', '--format', 'json'))
        figures = bilan['lines'][0]['figures']
        check(figures['visites_remplacees'] >= 1 and figures['visites_manquees'] > 0,
              'the bilan counts the failures (%d) and the replacements (%d)'
              % (figures['visites_manquees'], figures['visites_remplacees']))
        out = run(VIGIE, 'verify', '--data', data)
        check(out.strip().splitlines()[-1] == 'verified', 'the ledger verifies')
    finally:
        if server:
            server.kill()
        shutil.rmtree(tmp, ignore_errors=True)


main()
