"""Notes whom anybody in this network speaks to, whether somebody listens there or not: it reads the packets themselves.

A packet on loopback is in our ring before the call that sent it returns, so that what is taken after a case belongs to
that case.
"""

import ctypes
import mmap
import socket
import struct
from dataclasses import dataclass
from ipaddress import ip_address

ALL_PACKETS = 0x0003
SOL_PACKET, PACKET_RX_RING, PACKET_STATISTICS, SO_ATTACH_FILTER = 263, 5, 6, 26
HEAD_BYTES = 64
# The kernel writes each packet into the next frame of a ring that we share with it: a head, then the packet.
FRAME_BYTES, FRAMES_PER_BLOCK, BLOCKS = 256, 256, 64
FRAMES = FRAMES_PER_BLOCK * BLOCKS
_IS_OURS, _IS_THE_KERNELS = 1, 0
_FRAME_HEAD = struct.Struct("@LIIHH")
_LOAD, _LOAD_AFTER_HEAD, _LOAD_HEAD_LENGTH, _AND, _GO, _IF_EQUAL, _RETURN = 0x30, 0x50, 0xB1, 0x54, 0x05, 0x15, 0x06
_KIND, _SENT = 0xFFFFF000 + 4, 4
_V4, _V6, _TCP, _UDP, _SYN, _SYN_OR_ACK = 0x40, 0x60, 6, 17, 0x02, 0x12
# For the kernel: of what is sent, TCP packets that open a connection, and all UDP. Each line has a command, how many
# lines to skip when it holds and when not, and its operand.
_OPENINGS = [
    (_LOAD, 0, 0, _KIND),
    (_IF_EQUAL, 0, 17, _SENT),
    (_LOAD, 0, 0, 0),
    (_AND, 0, 0, 0xF0),
    (_IF_EQUAL, 0, 5, _V6),
    (_LOAD, 0, 0, 6),
    (_IF_EQUAL, 11, 0, _UDP),
    (_IF_EQUAL, 0, 11, _TCP),
    (_LOAD, 0, 0, 40 + 13),
    (_GO, 0, 0, 6),
    (_IF_EQUAL, 0, 8, _V4),
    (_LOAD, 0, 0, 9),
    (_IF_EQUAL, 5, 0, _UDP),
    (_IF_EQUAL, 0, 5, _TCP),
    (_LOAD_HEAD_LENGTH, 0, 0, 0),
    (_LOAD_AFTER_HEAD, 0, 0, 13),
    (_AND, 0, 0, _SYN_OR_ACK),
    (_IF_EQUAL, 0, 1, _SYN),
    (_RETURN, 0, 0, HEAD_BYTES),
    (_RETURN, 0, 0, 0),
]


@dataclass(frozen=True)
class Contact:
    """`way` is tcp or udp; `source` is the port from which it came."""

    way: str
    ip: str
    port: int
    source: int


class Canary:
    def __init__(self) -> None:
        self._packets = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
        program = b"".join(struct.pack("HBBI", *line) for line in _OPENINGS)
        lines = ctypes.create_string_buffer(program)
        self._packets.setsockopt(
            socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", len(_OPENINGS), ctypes.addressof(lines))
        )
        ring = struct.pack("IIII", FRAME_BYTES * FRAMES_PER_BLOCK, BLOCKS, FRAME_BYTES, FRAMES)
        self._packets.setsockopt(SOL_PACKET, PACKET_RX_RING, ring)
        self._ring = mmap.mmap(self._packets.fileno(), FRAME_BYTES * FRAMES)
        self._next = 0
        self._packets.bind(("lo", ALL_PACKETS))

    def heard(self) -> list[Contact]:
        """Who was contacted since it was asked last, in order."""
        contacts: list[Contact] = []
        while True:
            at = self._next * FRAME_BYTES
            status, _, length, _, begin = _FRAME_HEAD.unpack_from(self._ring, at)
            if not status & _IS_OURS:
                return contacts
            contacts.append(_read(self._ring[at + begin : at + begin + length]))
            struct.pack_into("@L", self._ring, at, _IS_THE_KERNELS)
            self._next = (self._next + 1) % FRAMES

    def missed(self) -> int:
        """How many packets there was no room for since it was asked last: silence means something only when none."""
        return int(struct.unpack("II", self._packets.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1])


def _read(packet: bytes) -> Contact:
    if packet[0] & 0xF0 == _V6:
        protocol, ip, rest = packet[6], packet[24:40], packet[40:]
    else:
        protocol, ip, rest = packet[9], packet[16:20], packet[4 * (packet[0] & 0x0F) :]
    source, port = struct.unpack_from("!HH", rest)
    return Contact("tcp" if protocol == _TCP else "udp", str(ip_address(ip)), port, source)
