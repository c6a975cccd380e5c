"""A name server whose answers depend on the name and on how often it was asked."""

import re
import socket
import struct
import threading
from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address

PUBLIC = "93.184.215.14"
A, CNAME, AAAA = 1, 5, 28
MOST_BY_UDP = 512
_ADDRESS_IN_NAME = re.compile(r"(?:.*[.-])?(\d+)[.-](\d+)[.-](\d+)[.-](\d+)\.(?:nip|sslip)\.example")

#: One answer: addresses of both kinds in the order of the answer; "@name" goes on to another name.
Answer = list[str]


@dataclass
class Names:
    """`rules` has the answers to a name by turns, the last one from then on. A name without a rule is public.

    `asked` counts the questions by name and type.
    """

    rules: dict[str, list[Answer]]
    asked: Counter[tuple[str, int]] = field(default_factory=Counter)

    def start(self) -> None:
        """Answers at port 53 of 127.0.0.1, long answers by TCP, as name servers do."""
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 53))
        tcp = socket.create_server(("127.0.0.1", 53))
        threading.Thread(target=self._by_udp, args=(udp,), daemon=True).start()
        threading.Thread(target=self._by_tcp, args=(tcp,), daemon=True).start()

    def _by_udp(self, udp: socket.socket) -> None:
        while True:
            question, asker = udp.recvfrom(2000)
            answer = self._answer(question, counted=True)
            if len(answer) > MOST_BY_UDP:
                # Cut off: the asker comes again by TCP, which is not another question.
                answer = answer[:2] + b"\x83\x80" + question[4:6] + bytes(6) + question[12:]
            udp.sendto(answer, asker)

    def _by_tcp(self, tcp: socket.socket) -> None:
        while True:
            connection, _ = tcp.accept()
            with connection, connection.makefile("rb") as stream:
                while len(length := stream.read(2)) == 2:
                    answer = self._answer(stream.read(*struct.unpack("!H", length)), counted=False)
                    connection.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, question: bytes, *, counted: bool) -> bytes:
        name, end = _name(question, 12)
        (kind,) = struct.unpack_from("!H", question, end)
        if counted:
            self.asked[name, kind] += 1
        records = self._records(name, kind, self.asked[name, kind] - 1)
        head = question[:2] + b"\x81\x80" + struct.pack("!HHHH", 1, len(records), 0, 0)
        return head + question[12 : end + 4] + b"".join(records)

    def _records(self, name: str, kind: int, turn: int) -> list[bytes]:
        records: list[bytes] = []
        for value in self._rule(name, turn):
            if value.startswith("@"):
                goal = value[1:]
                return [*records, _record(name, CNAME, _packed(goal)), *self._records(goal, kind, turn)]
            ip = ip_address(value)
            if kind == {4: A, 6: AAAA}[ip.version]:
                records.append(_record(name, kind, ip.packed))
        return records

    def _rule(self, name: str, turn: int) -> Answer:
        if name in self.rules:
            answers = self.rules[name]
            return answers[min(turn, len(answers) - 1)]
        inside = _ADDRESS_IN_NAME.fullmatch(name)
        return [".".join(str(int(part)) for part in inside.groups())] if inside else [PUBLIC]


def _name(message: bytes, at: int) -> tuple[str, int]:
    labels = []
    while length := message[at]:
        labels.append(message[at + 1 : at + 1 + length].decode("latin-1").lower())
        at += 1 + length
    return ".".join(labels), at + 1


def _packed(name: str) -> bytes:
    return b"".join(struct.pack("B", len(label)) + label.encode() for label in name.split(".")) + b"\0"


def _record(name: str, kind: int, data: bytes) -> bytes:
    return _packed(name) + struct.pack("!HHIH", kind, 1, 0, len(data)) + data
