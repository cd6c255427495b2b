"""Keeps one engine child alive and its jobs in order. A thread owns all of it; everything else sends it messages."""

from __future__ import annotations

import contextlib
import queue
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from studio.engine import failures
from studio.engine.host.frames import Cancel, Company, FrameError, Message, Pause, Resume, Started, Submit
from studio.messages.events import PROTOCOL, Device, Event, Failed, Finished, Hello, Progress
from studio.messages.requests import UseDevice
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:  # sockets and processes are loaded by the thread that needs them, after the window stands
    from studio.engine.host import link

CAN_HOLD = hasattr(signal, "SIGSTOP")
"""Whether this system can take a process off its core at once and put it back."""
DEATHS = 3
"""After so many deaths without one finished job between them, waiting jobs are given up."""
HELD = 5.0
"""Seconds after which a child that stands still for another one's sake goes on, whatever became of that."""
DYING = 0.5
"""Seconds a child whose connection has ended may take to end itself."""
STARTING = QT_TRANSLATE_NOOP("engine", "Starting the engine")


class Order(msgspec.Struct, frozen=True):
    """Work on ``submit``; of the orders with the key ``replace`` only the newest waits."""

    submit: Submit
    replace: str | None = None


class Wish(msgspec.Struct, frozen=True):
    """Start the child if it is not there, or (with ``device``) let it use that device from now on."""

    device: str = ""


class Close(msgspec.Struct, frozen=True):
    """End the child and the thread."""


class _Heard(msgspec.Struct, frozen=True):
    """``message`` came from the child of that ``life``; None: its connection has ended."""

    life: int
    message: Message | None


class _Held(msgspec.Struct, frozen=True):
    """The child stands still: the thread looks at the clock."""


class _Ticket(msgspec.Struct):
    """A job that has not ended. ``limit``: when (monotonic) the child is killed for not answering its cancel."""

    order: Order
    sent: bool = False
    started: bool = False
    cancelled: bool = False
    limit: float | None = None


class _Line(msgspec.Struct):
    """The jobs of one ``replace`` key: the one handed on, and the newest one waiting."""

    flying: int
    waiting: int | None = None


class _Books(msgspec.Struct):
    tickets: dict[int, _Ticket] = msgspec.field(default_factory=dict)
    lines: dict[str, _Line] = msgspec.field(default_factory=dict)


class Keeper:
    """``on_event`` is called in the keeper's thread with every event, the last one of each job Finished or Failed."""

    def __init__(
        self,
        python: str,
        role: str,
        device: str,
        patience: float,
        closing: float,
        on_event: Callable[[Event], None],
        folders: tuple[str, ...] = (),
    ):
        self._folders = folders
        self._python, self._role, self._device = python, role, device
        self._patience, self._closing = patience, closing
        self._on_event = on_event
        self._inbox: queue.SimpleQueue = queue.SimpleQueue()
        self._books = _Books()
        self._link: link.Link | None = None
        self._life = 0
        self._deaths = 0
        self._awake = False
        self._held_until: float | None = None
        self._company = Company(busy=False)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """Process number of the child, 0 while there is none."""
        current = self._link
        return current.pid if current else 0

    def hold(self) -> None:
        """The child, if there is one, stands still until :meth:`go_on`, for ``HELD`` seconds at most."""
        if (current := self._link) is not None:
            current.hold()
            self._held_until = time.monotonic() + HELD
            self._inbox.put(_Held())

    def go_on(self) -> None:
        self._held_until = None
        if (current := self._link) is not None:
            current.go_on()

    def put(self, message: Order | Wish | Cancel | Pause | Resume | Company | Close) -> None:
        """Hands a message over at once. The thread starts with the first one that needs it."""
        if isinstance(message, Close):
            self._stop.set()
        if self._thread is None and isinstance(message, Order | Wish):
            self._thread = threading.Thread(target=self._work, name=f"engine-{self._role}", daemon=True)
            self._thread.start()
        self._inbox.put(message)

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            try:
                message = self._inbox.get(timeout=self._until_next())
            except queue.Empty:
                self._look_at_clock()
                continue
            if isinstance(message, Close):
                break
            self._take(message)
            self._look_at_clock()
        if self._link is not None:
            self._link.end(self._closing)
            self._link.last_words()
            self._link = None

    def _take(self, message: Order | Wish | Cancel | Pause | Resume | Company | _Heard | _Held) -> None:
        if isinstance(message, Order):
            self._accept(message)
        elif isinstance(message, Cancel):
            self._cancel(message)
        elif isinstance(message, Pause | Resume):
            ticket = self._books.tickets.get(message.job)
            if ticket is not None and ticket.sent:
                self._send(message)
        elif isinstance(message, Company):
            self._company = message
            if self._link is not None:
                self._send(message)
        elif isinstance(message, Wish):
            self._wish(message)
        elif isinstance(message, _Heard) and message.life == self._life:
            if message.message is None:
                self._bury()
            else:
                self._hear(message.message)

    # --- orders -------------------------------------------------------------------------------------------------

    def _accept(self, order: Order) -> None:
        job = order.submit.job
        self._books.tickets[job] = _Ticket(order)
        if order.replace is None:
            self._hand_on(job)
            return
        line = self._books.lines.get(order.replace)
        if line is None:
            self._books.lines[order.replace] = _Line(flying=job)
            self._hand_on(job)
            return
        replaced, line.waiting = line.waiting, job
        if replaced is not None:
            self._end(Failed(job=replaced, kind="cancelled", message=failures.CANCELLED))

    def _wish(self, wish: Wish) -> None:
        if wish.device:
            self._device = wish.device
            if self._link is not None:
                self._send(Submit(0, 0, UseDevice(device=wish.device)))
        elif self._link is None:
            self._start()

    def _cancel(self, message: Cancel) -> None:
        ticket = self._books.tickets.get(message.job)
        if ticket is None:
            return
        if not ticket.sent:
            self._end(Failed(job=message.job, kind="cancelled", message=failures.CANCELLED))
            return
        from studio.engine.host import link

        ticket.cancelled = True
        # importing torch from a cold disk takes longer than the patience with a hung job
        ticket.limit = time.monotonic() + (self._patience if self._awake else link.START_LIMIT)
        self._send(message)

    def _hand_on(self, job: int) -> None:
        """Sends the job to the child, which is started if there is none."""
        if self._link is None:
            self._on_event(Progress(job=job, done=0, total=0, text=STARTING))
            if not self._start():
                return
        ticket = self._books.tickets[job]
        ticket.sent = True
        try:
            self._send(ticket.order.submit)
        except FrameError as error:
            reason = {"reason": str(error)}
            self._end(Failed(job=job, kind="bad_request", message=failures.BAD_REQUEST, arguments=reason))

    def _send(self, message: Message) -> None:
        assert self._link is not None
        # a child that has died is noticed by its reader in a moment, and then its jobs are looked after
        with contextlib.suppress(OSError):
            self._link.send(message)

    def _end(self, event: Finished | Failed) -> None:
        """The last event of a job: said, struck from the books, and the next one of its key handed on."""
        ticket = self._books.tickets.pop(event.job, None)
        if ticket is None:
            return
        self._on_event(event)
        key = ticket.order.replace
        line = self._books.lines.get(key) if key is not None else None
        if key is None or line is None:
            return
        if line.waiting == event.job:
            line.waiting = None
        elif line.flying == event.job and line.waiting is None:
            del self._books.lines[key]
        elif line.flying == event.job and line.waiting is not None:
            line.flying, line.waiting = line.waiting, None
            if not self._stop.is_set():
                self._hand_on(line.flying)

    # --- the child ----------------------------------------------------------------------------------------------

    def _hear(self, message: Message) -> None:
        if isinstance(message, Started):
            ticket = self._books.tickets.get(message.job)
            if ticket is not None:
                ticket.started = True
        elif isinstance(message, Finished | Failed):
            if isinstance(message, Finished) and message.job:
                self._deaths = 0
            self._end(message)
        elif isinstance(message, Event):
            if isinstance(message, Device):
                self._awake = True
                self._device = message.device
            if message.job in self._books.tickets or (message.job == 0 and self._role == "interactive"):
                self._on_event(message)

    def _start(self) -> bool:
        """Starts the child. When that is not possible every job fails, and False is returned."""
        from studio.engine.host import link

        try:
            self._link = link.start(self._python, self._role, self._device, self._stop.is_set, self._folders)
        except link.StartError as error:
            if not self._stop.is_set():
                self._give_up(self._why(error))
            return False
        self._life += 1
        self._awake = False
        life = self._life
        self._link.listen(
            lambda message: self._inbox.put(_Heard(life, message)), f"engine-{self._role}-reader"
        )
        if self._company.busy:
            self._send(self._company)
        hello = self._link.hello
        if self._role == "interactive":
            self._on_event(Hello(version=hello.version, device=hello.device, device_name=hello.device_name))
        return True

    def _why(self, error: link.StartError) -> Failed:
        if error.their_protocol is None:
            return Failed(kind="engine_lost", message=failures.ENGINE_WILL_NOT_START, details=error.details)
        arguments = {"python": self._python, "theirs": str(error.their_protocol), "ours": str(PROTOCOL)}
        return Failed(
            kind="engine_lost", message=failures.OTHER_PROTOCOL, arguments=arguments, details=error.details
        )

    def _give_up(self, why: Failed) -> None:
        """Every job that has not ended fails for the same reason."""
        self._books.lines.clear()
        for job in tuple(self._books.tickets):
            self._end(structs.replace(why, job=job))

    def _until_limit(self) -> float | None:
        limits = [ticket.limit for ticket in self._books.tickets.values() if ticket.limit is not None]
        return max(0.0, min(limits) - time.monotonic()) if limits else None

    def _until_next(self) -> float | None:
        """Seconds until the clock has to be looked at; None while nothing depends on it."""
        until = self._held_until
        held = None if until is None else max(0.0, until - time.monotonic())
        return min((limit for limit in (held, self._until_limit()) if limit is not None), default=None)

    def _look_at_clock(self) -> None:
        if (until := self._held_until) is not None and until <= time.monotonic():
            self.go_on()
        if self._link is not None and self._until_limit() == 0.0:
            self._link.kill()
            self._bury()

    def _bury(self) -> None:
        """The child is dead: jobs it had begun are lost, the others are handed to the next child."""
        assert self._link is not None
        self._link.end(DYING)
        details = self._link.last_words()
        self._link = None
        self._life += 1
        tickets = self._books.tickets
        hung = any(ticket.cancelled for ticket in tickets.values())
        self._deaths += 0 if hung else 1
        sent = [job for job, ticket in tickets.items() if ticket.sent]
        waiting = [job for job in sent if not tickets[job].started and not tickets[job].cancelled]
        lost = [job for job in sent if job not in waiting]
        for job in waiting:
            tickets[job].sent = False
        if self._deaths >= DEATHS:
            self._deaths = DEATHS - 1  # one more try for each press of the button
            times = {"times": str(DEATHS)}
            message = failures.ENGINE_KEEPS_STOPPING
            self._give_up(Failed(kind="engine_lost", message=message, arguments=times, details=details))
            return
        for job in lost:
            self._end(self._lost(job, tickets[job], details))
        for job in waiting:
            if job in tickets and not tickets[job].sent:
                self._hand_on(job)

    def _lost(self, job: int, ticket: _Ticket, details: str) -> Failed:
        if ticket.cancelled:
            return Failed(job=job, kind="cancelled", message=failures.UNRESPONSIVE)
        return Failed(job=job, kind="engine_lost", message=failures.ENGINE_LOST, details=details)
