"""flood.py DEVICE FLOWS FIRST: sends a SYN and the RST that answers it for each of so many flows.

Each flow has an address and port of its own. The frames are for a hardware address that nobody
has, so that the receiving kernel records them and does nothing else.
"""
import ctypes
import socket
import struct
import sys

BATCH = 512
FRAME_BYTES = 60
SOURCE_ADDRESS, DESTINATION_ADDRESS = 26, 30
ETHERNET = bytes.fromhex("020000000099 020000000098 0800".replace(" ", ""))
IP = bytes.fromhex("4500002800074000400600000a6307020a630702")
SYN = bytes.fromhex("0000005000000001000000005002faf000000000")
RST = bytes.fromhex("0050000000000000000000025014000000000000")
FIRST_CLIENT = 0x0B000001
PORTS = 60_000
FIRST_PORT = 1024


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("bytes", ctypes.c_size_t)]


class Message(ctypes.Structure):
    _fields_ = [("name", ctypes.c_void_p), ("name_bytes", ctypes.c_uint),
                ("vectors", ctypes.POINTER(Vector)), ("vector_count", ctypes.c_size_t),
                ("control", ctypes.c_void_p), ("control_bytes", ctypes.c_size_t),
                ("flags", ctypes.c_int), ("sent", ctypes.c_uint)]


def main():
    device, flows, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    libc = ctypes.CDLL(None, use_errno=True)
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    link.bind((device, 0))
    frames = bytearray(b"".join(
        (ETHERNET + IP + tcp).ljust(FRAME_BYTES, b"\0") for tcp in (SYN, RST)) * BATCH)
    start = ctypes.addressof((ctypes.c_char * len(frames)).from_buffer(frames))
    vectors = (Vector * (2 * BATCH))()
    messages = (Message * (2 * BATCH))()
    for i in range(2 * BATCH):
        vectors[i] = Vector(start + i * FRAME_BYTES, FRAME_BYTES)
        messages[i].vectors = ctypes.pointer(vectors[i])
        messages[i].vector_count = 1
    syn, rst = struct.Struct("!I4xH").pack_into, struct.Struct("!I2xH").pack_into
    for begin in range(first, first + flows, BATCH):
        count = min(BATCH, first + flows - begin)
        at = 0
        for flow in range(begin, begin + count):
            address, port = FIRST_CLIENT + flow // PORTS, FIRST_PORT + flow % PORTS
            syn(frames, at + SOURCE_ADDRESS, address, port)
            rst(frames, at + FRAME_BYTES + DESTINATION_ADDRESS, address, port)
            at += 2 * FRAME_BYTES
        done = 0
        while done < 2 * count:
            sent = libc.sendmmsg(link.fileno(), ctypes.byref(messages[done]), 2 * count - done, 0)
            if sent < 0:
                sys.exit(f"flood: sendmmsg: error {ctypes.get_errno()}")
            done += sent


if __name__ == "__main__":
    main()
