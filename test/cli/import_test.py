"""The commands that bring data in and out, from outside: exact words and exit codes.

usage: import_test.py VIGIE ROOT VIGIED
"""
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

VIGIE, ROOT, VIGIED = sys.argv[1:4]
FRANCE = os.path.join(ROOT, 'data', 'france')
FINESS = '760027045'


def vigie(*args, stdin=''):
    done = subprocess.run([VIGIE, *args], capture_output=True, text=True, timeout=120, input=stdin)
    return done.returncode, done.stdout, done.stderr


class Case(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix='vigie_cli_')
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)
        self.data = os.path.join(self.top, 'data')

    def file(self, name, text, encoding='utf-8'):
        path = os.path.join(self.top, name)
        with open(path, 'w', encoding=encoding, newline='') as f:
            f.write(text)
        return path

    def bring(self, kind, path, *more):
        return vigie('import', kind, path, '--data', self.data, *more)

    def communes(self):
        return self.bring('communes', os.path.join(FRANCE, 'communes-76.csv'), '--territory', '76',
                          '--name', 'Seine-Maritime')

    def register(self):
        return self.bring('operators', os.path.join(FRANCE, 'operators-76.csv'))


class Territory(Case):
    def test_a_real_territory_comes_in_and_has_its_bilan(self):
        self.assertEqual(self.communes(),
                         (0, '707 lignes : 707 bonnes, 0 déjà connue, 0 refusée ; importé.\n', ''))
        self.assertEqual(self.register()[:2],
                         (0, '129 lignes : 129 bonnes, 0 déjà connue, 0 refusée ; importé.\n'))
        today = datetime.date.today()
        carers = ''.join(f'{FINESS};C{i};Ana;Essai;24,5;diplome;2020-06-30;lu ma me je ve\n' for i in range(5))
        people = ''.join(f'P{i},Jeanne,Essai,76540,0199001236\n' for i in range(50))
        plans = ''.join(f'P{i},apa,toilette+repas,20,"24,58",2026-01-01\n' for i in range(50))
        asks = ''.join(f'R{i},P{i},Chaque jour,toilette,apa,personal,FREQ=DAILY,{today},10:00,60,{FINESS},C{i % 5}\n'
                       for i in range(50))
        day = today + datetime.timedelta(days=2)
        roster = ''.join(f'{FINESS},R{i},{day},C{(i + 1) % 5}\n' for i in range(50))
        for kind, text, n in [
                ('carers', 'service;matricule;Prénom;Nom;heures semaine;qualification;qualifie_le;jours\n' + carers, 5),
                ('people', '\ufeffref,first_name,last_name,commune_insee,phone\n' + people, 50),
                ('plans', 'person,payer,tasks,hours_month,tariff,starts_on\n' + plans, 50),
                ('requests', 'ref,person,own_words,tasks,payer,criticality,rrule,starts_on,hour,duration,operator,'
                             'carer\n' + asks, 50),
                ('roster', 'operator,request,date,carer\n' + roster, 50)]:
            status, out, err = self.bring(kind, self.file(kind + '.csv', text), '--lang', 'en')
            self.assertEqual((status, err), (0, ''), out)
            self.assertEqual(out, f'{n} rows: {n} right, 0 known already, 0 refused; imported.\n')
        self.assertEqual(vigie('verify', '--data', self.data)[0], 0)
        status, out, _ = vigie('bilan', '--data', self.data, '--territory', '76', '--month',
                               today.strftime('%Y-%m'), '--format', 'json')
        self.assertEqual(status, 0)
        json.loads(out)
        status, out, _ = vigie('export-hours', '--data', self.data, '--month', today.strftime('%Y-%m'),
                               '--operator', FINESS)
        self.assertEqual(status, 0)
        self.assertTrue(out.startswith('\ufeffoperator,carer,carer_id,date,visits,open,'))
        status, out, _ = vigie('user', 'card', '--data', self.data, '--person', 'P1')
        self.assertEqual((status, len(out.strip())), (0, 34))

    def test_the_register_twice_is_refused_or_passed_over(self):
        self.communes()
        self.register()
        status, out, _ = self.register()
        self.assertEqual(status, 1)
        self.assertIn('ligne 2, colonne finess : existe déjà (« 760027045 »)\n', out)
        self.assertTrue(out.endswith('129 refusées ; rien n\'a été écrit.\n'))
        status, out, _ = self.bring('operators', os.path.join(FRANCE, 'operators-76.csv'), '--keep-known',
                                    '--format', 'json')
        self.assertEqual((status, json.loads(out)['known']), (0, 129))


class Faults(Case):
    def setUp(self):
        super().setUp()
        self.communes()

    def refused(self, text, want, *more, encoding='utf-8'):
        path = self.file('x.csv', text, encoding)
        status, out, err = self.bring('operators', path, *more)
        self.assertEqual((status, err), (1, ''))
        self.assertIn(want, out)

    def test_each_is_said_in_words(self):
        head = 'finess,name,kind,commune_insee\n'
        self.refused(head + '760027046,X,SAAD,76540\n',
                     'ligne 2, colonne finess : la clé du numéro FINESS ne correspond pas (« 760027046 »)\n')
        self.refused(head + '760027046,X,SAAD,76540\n',
                     'line 2, column finess: the key of the FINESS number does not fit ("760027046")\n', '--lang', 'en')
        self.refused(head + '760027045,Café,SAAD,76540\n', 'enregistrez-le en « CSV UTF-8 »', encoding='cp1252')
        self.refused(head + '760027045,X,SAAD,76540\n', 'UTF-16', encoding='utf-16')
        self.refused('finess;nom\n', 'colonne obligatoire absente (« kind »)')
        self.refused(head + '760027045,X,SAAD,76540\n760027046,X,SAAD,76540\n', '3,finess,finess_key,760027046,',
                     '--format', 'csv')

    def test_partial_keeps_the_right_rows_and_says_1(self):
        path = self.file('x.csv', 'finess,name,kind,commune_insee\n760027045,X,SAAD,76540\n760027046,X,SAAD,76540\n')
        self.assertEqual(self.bring('operators', path, '--dry-run', '--partial')[0], 1)
        status, out, _ = self.bring('operators', path, '--partial')
        self.assertEqual(status, 1)
        self.assertTrue(out.endswith('2 lignes : 1 bonne, 0 déjà connue, 1 refusée ; importé.\n'))

    def test_wrong_use_and_unreadable_files_are_2(self):
        self.assertEqual(vigie('import')[0], 2)
        self.assertEqual(vigie('import', 'horses', 'x', '--data', self.data)[0], 2)
        self.assertEqual(self.bring('people', '/nowhere.csv')[0], 2)
        self.assertEqual(vigie('import', 'people', self.file('p.csv', ''), '--data', '/nowhere')[0], 2)
        self.assertEqual(self.bring('people', self.file('p.csv', ''), '--lang', 'de')[0], 2)


class Others(Case):
    def setUp(self):
        super().setUp()
        self.communes()
        self.register()

    def test_accounts(self):
        word = 'un mot de passe long\n'
        add = ('user', 'add', '--data', self.data, '--name', 'N')
        status, out, _ = vigie(*add, '--role', 'admin', '--login', 'ada', stdin=word)
        self.assertEqual(status, 0)
        self.assertIn('otpauth://totp/Vigie:ada?secret=', out)
        self.assertEqual(vigie(*add, '--role', 'admin', '--login', 'ada', stdin=word)[::2],
                         (1, 'vigie user: this login is taken\n'))
        self.assertEqual(vigie(*add, '--role', 'admin', '--login', 'bob', stdin='court\n')[::2],
                         (1, 'vigie user: the password must have 12 characters and not be the login\n'))
        self.assertEqual(vigie(*add, '--role', 'coordinator', '--login', 'bob', stdin=word)[::2],
                         (1, 'vigie user: this role needs --operator\n'))
        self.assertEqual(vigie(*add, '--role', 'carer', '--login', 'bob', stdin=word)[0], 1)
        status, out, _ = vigie(*add, '--role', 'operator_api', '--operator', FINESS)
        self.assertEqual(status, 0)
        self.assertRegex(out, r'^\w{26} vigie_[0-9a-f]{64}\n$')
        self.assertEqual(vigie('user', 'password', '--data', self.data, '--login', 'ada', stdin=word)[1],
                         'password changed, sessions ended\n')
        self.assertEqual(vigie('user', 'totp', '--data', self.data, '--login', 'ada')[0], 0)
        self.assertIn(' admin          ada ', vigie('user', 'list', '--data', self.data)[1])
        self.assertEqual(vigie('user', 'revoke', '--data', self.data, '--login', 'ada')[:2],
                         (0, 'closed; sessions, cards and tokens ended\n'))
        self.assertEqual(vigie('user', 'revoke', '--data', self.data, '--login', 'ada')[::2],
                         (1, 'vigie user: no such account\n'))
        self.assertEqual(vigie('user', 'card', '--data', self.data, '--person', 'P9')[::2],
                         (1, 'vigie user: no such person\n'))
        self.assertEqual(vigie('user', 'fly', '--data', self.data)[0], 2)

    def test_policy(self):
        put = ('policy', 'set', '--data', self.data, '--key', 'tell_min', '--source', 'délibération 12', '--value')
        self.assertEqual(vigie(*put, '20', '--territory', '76'), (0, 'version 1: tell_min = 20\n', ''))
        self.assertEqual(vigie(*put, '500')[0], 1)  # after the step that follows it
        self.assertEqual(vigie('policy', 'set', '--data', self.data, '--key', 'x', '--source', 'y', '--value',
                               '1')[::2], (1, 'vigie policy: x: no such key\n'))
        self.assertRegex(vigie('policy', 'list', '--data', self.data, '--territory', '76')[1],
                         r'(?m)^tell_min +20 +20 +20  min +délibération 12$')
        self.assertIn(' version 1 tell_min 20, 76, every operator, every criticality, proposal: délibération 12\n',
                      vigie('policy', 'list', '--data', self.data, '--history')[1])
        self.assertEqual(vigie('policy')[0], 2)

    def test_version(self):
        status, out, _ = vigie('version')
        self.assertEqual(status, 0)
        self.assertRegex(out, r'^vigie \d+\.\d+\.\d+\nschema \d+\nledger ')
        self.assertEqual(vigie('version', 'x')[0], 2)


class Http(Case):
    def post(self, base, token, kind, text):
        edge = 'edgeofpart'
        body = (f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n'
                f'Content-Type: text/csv\r\n\r\n{text}\r\n--{edge}--\r\n').encode()
        ask = urllib.request.Request(base + '/api/import/' + kind, body, {
            'Authorization': 'Bearer ' + token, 'Accept': 'application/json',
            'Content-Type': 'multipart/form-data; boundary=' + edge})
        try:
            with urllib.request.urlopen(ask, timeout=30) as r:
                return r.status, json.loads(r.read())
        except urllib.error.HTTPError as e:
            return e.code, json.loads(e.read())

    def test_the_software_of_an_operator_brings_its_own_carers(self):
        self.communes()
        self.register()
        _, out, _ = vigie('user', 'add', '--data', self.data, '--role', 'operator_api', '--operator', FINESS,
                          '--name', 'N')
        token = out.split()[1]
        server = subprocess.Popen([VIGIED, '--data', self.data, '--listen', '127.0.0.1:0', '--web',
                                   os.path.join(ROOT, 'web')], stdout=subprocess.PIPE, text=True)
        try:
            base = re.search(r'http://\S+', server.stdout.readline()).group(0)
            head = 'operator,ref,first_name,last_name,week_hours\n'
            status, report = self.post(base, token, 'carers', head + FINESS + ',C1,Ana,Essai,24.5\n')
            self.assertEqual((status, report['done'], report['kept']), (200, 1, True))
            status, report = self.post(base, token, 'carers', head + '760916122,C1,Ana,Essai,24.5\n')
            self.assertEqual((status, report['faults'][0]['fault'], report['kept']), (422, 'foreign', False))
            self.assertEqual(self.post(base, token, 'people', 'ref\n')[0], 403)
            self.assertEqual(self.post(base, token, 'horses', 'ref\n')[0], 404)
        finally:
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.wait(timeout=60), 0)
            server.stdout.close()


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
