#!/usr/bin/python3
"""A real SMTP server on loopback for the mail tests (Debian's python3-aiosmtpd).

usage: smtp_server.py plain|starttls|tls [CERT KEY]

Prints its port, then one line of JSON per message received, as Python's own mail parser
reads it.  The local part of the recipient decides what happens: refused@ (550 at RCPT),
later@ (451 at RCPT), content@ (554 after the data), full@ (452 after the data), gone@ (the
connection closes after the data, without an answer), slow@ (no answer in time).
Login is vigie / secret where TLS is on.  Ends when its standard input closes.
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local == "refused":
            return "550 no such mailbox"
        if local == "later":
            return "451 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].split("@")[0]
        if local == "gone":
            server.transport.abort()
            return "250 never heard"
        if local == "slow":
            await asyncio.sleep(30)
        if local == "content":
            return "554 not that"
        if local == "full":
            return "452 no room"
        message = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "hello": session.host_name,
            "secure": server.transport.get_extra_info("sslcontext") is not None, "login": bool(session.authenticated),
            "sender": str(message["From"]), "subject": str(message["Subject"]),
            "id": str(message["Message-ID"]), "date": message["Date"].datetime.isoformat(),
            "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
            "defects": len(message.defects), "text": message.get_content().replace("\r\n", "\n"),
        }, ensure_ascii=False, separators=(",", ":")), flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"vigie" and data.password == b"secret"
    return AuthResult(success=good)


async def main():
    mode = sys.argv[1]
    context = None
    if mode != "plain":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])

    def protocol():
        login = {"authenticator": authenticate, "auth_require_tls": mode == "starttls",
                 "auth_required": True} if mode != "plain" else {}
        return SMTP(Handler(), hostname="test.example", enable_SMTPUTF8=False,
                    tls_context=context if mode == "starttls" else None,
                    require_starttls=mode == "starttls", **login)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0,
                                      ssl=context if mode == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


try:
    asyncio.run(main())
finally:
    sys.stdout.flush()
    import os
    os._exit(0)
