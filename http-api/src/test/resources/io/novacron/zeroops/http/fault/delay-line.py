"""Carries frames between two interfaces, each frame later: delay-line.py ONE OTHER DELAY_MS MORE_MS

For kernels without netem. Each direction waits by itself: a frame DELAY_MS, and at random up to MORE_MS more, which may
overtake as it does on a real network. Frames come with the kernel's own header on checksums and segments that are still
to be computed (PACKET_VNET_HDR), and are sent with it.
"""
import heapq
import itertools
import random
import select
import socket
import sys
import time

SOL_PACKET = 263
PACKET_VNET_HDR = 15
PACKET_OUTGOING = 4
ALL = 3
FRAME_MAX = 1 << 17
WAITING_MAX = 100_000


def port(name):
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
    opened.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    opened.bind((name, 0))
    opened.setblocking(False)
    return opened


one, other = port(sys.argv[1]), port(sys.argv[2])
delay_s, more_s = float(sys.argv[3]) / 1e3, float(sys.argv[4]) / 1e3
opposite = {one: other, other: one}
waiting = []
number = itertools.count()
while True:
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, out, frame = heapq.heappop(waiting)
        try:
            out.send(frame)
        except OSError:
            pass  # lost, as on a full line
    pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else 1.0
    for heard in select.select([one, other], [], [], pause)[0]:
        while True:
            try:
                frame, source = heard.recvfrom(FRAME_MAX)
            except BlockingIOError:
                break
            if source[2] != PACKET_OUTGOING and len(waiting) < WAITING_MAX:
                due = time.monotonic() + delay_s + random.random() * more_s
                heapq.heappush(waiting, (due, next(number), opposite[heard], frame))
