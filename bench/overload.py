"""More creates than can be done: how many are done all the same, how the others are refused, how soon it is over."""
import math
import os
from statistics import median

import asked
import seed
from client import Failure
from goals import Result, Row, spread
from load import rate_of, run_wrk
from open_loop import observe
from paced import served

HIGHEST_CONNECTIONS = 512   # So many fill every group: a highest rate over 64 would be no limit.
RECOVERY_SECONDS = 6        # So long a normal load is watched afterwards.
NORMAL_TIMES = 2            # Latency is normal again when p99 is at most so many times what it was before,
NORMAL_MILLISECONDS = 10    # or so much more than it was: on small figures a factor says little.
SECONDS_MIN = 3             # Of the overload, once the queue is full.
QUEUE_REQUESTS = 2_048      # What may wait in the server (--queue-requests-max).
UNITS = {name: f"{name} per second" for name in ("highest", "offered", "done", "refused")}


class OverloadRun:
    """A case of the kind Overload."""

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.seeded = setup, case, stores.main()
        self.lines = setup.temporary / f"{case.name}.lines"

    def observe(self, server, token, rate, seconds, **how):
        # The numbers of the load begin anew each time: what they stand in must not.
        self.lines.write_text(asked.lines_of(asked.new_contacts(self.seeded)))
        return observe(self.setup.program("bench_open_loop"), server.port, token, self.lines, rate, seconds, **how)

    def run(self, say):
        rounds = []
        with served(self.setup, self.seeded, "copy", self.case.name) as server:
            token = server.token(seed.TENANT)
            for number in range(1, (1 if self.setup.quick else 3) + 1):
                rounds.append(self.round(server, token, number))
                say(f"  round {number}  " + ", ".join(f"{name} {value:,.1f}" for name, value in rounds[-1].items()))
        return self.result(rounds)

    def round(self, server, token, number):
        settings = {"ROUND": number, "RUN": f"overload/{os.getpid()}"}
        highest = rate_of(run_wrk("create.lua", server, token, self.setup.seconds, settings, HIGHEST_CONNECTIONS))
        server.wait_until_idle()
        as_normal = {"accepted": (201,), "connections": HIGHEST_CONNECTIONS}
        normal = self.observe(server, token, highest / 2, self.setup.seconds, **as_normal)
        filling = math.ceil(QUEUE_REQUESTS / ((self.case.times - 1) * highest))
        seconds = max(SECONDS_MIN, self.setup.seconds) + filling
        before, waited_before = server.cpu_seconds(), server.waiting_seconds()
        over = self.observe(server, token, self.case.times * highest, seconds, accepted=(201, 503),
                            connections=self.case.connections)
        cpu, waited = server.cpu_seconds() - before, server.waiting_seconds() - waited_before
        after = self.observe(server, token, highest / 2, RECOVERY_SECONDS, **as_normal)
        done, refused = over.statuses.get(201), over.statuses.get(503)
        if not done or not refused:
            raise Failure(f"of {over.sent} creates {'none was done' if not done else 'none was refused'}")
        # So much may be more than can be brought on a machine that the server needs too: what leaves late by the load's
        # own fault is then counted from when it left.
        answered = over.statuses if over.waited else over.after_sending
        limit = max(NORMAL_TIMES * normal.latency().p99_ms, normal.latency().p99_ms + NORMAL_MILLISECONDS)
        slow = [second for second, p99 in enumerate(after.each_second, 1) if p99 > limit]
        return {"highest": highest, "offered": over.sent / over.sending_seconds, "done": done.count / over.seconds,
                "goodput": done.count / over.seconds / highest, "refused": refused.count / over.seconds,
                "refusal p99 ms": answered[503].p99_ms, "done p99 ms": answered[201].p99_ms,
                "the load's lateness p99 ms": over.late_p99_ms, "found no free connection": over.waited,
                "waiting for a processor %": 100 * waited / (waited + cpu),
                "p99 ms of a normal load before": normal.latency().p99_ms,
                "p99 ms of its first second after": after.each_second[0],
                # It begins when nothing more is offered: first what waits is done, then a normal load comes.
                "recovery s": over.seconds - over.sending_seconds + max(slow, default=0)}

    def result(self, rounds):
        result = Result(self.case, head=["creates", "figure"])
        values = {name: [each[name] for each in rounds] for name in rounds[0]}
        middle = {name: median(each) for name, each in values.items()}
        for name, each in values.items():
            is_small = name == "goodput" or name == "recovery s" or " ms" in name
            result.details.append([UNITS.get(name, name), spread(each, "{:,.2f}" if is_small else "{:,.0f}")])
        result.rows += [
            Row("creates that are done", f"{middle['done']:,.0f}/s of {middle['offered']:,.0f}/s",
                f"the highest rate: {middle['highest']:,.0f}/s", spread(values["goodput"], "{:.2f}"),
                middle["goodput"], self.case.goodput),
            Row("p99 of the others, all of them 503 with Retry-After", f"{middle['refusal p99 ms']:.1f} ms",
                value=middle["refusal p99 ms"], goal=self.case.refusal_p99_ms),
            Row("until a normal load is normal again", f"{middle['recovery s']:.1f} s",
                f"p99 before: {middle['p99 ms of a normal load before']:.1f} ms", value=middle["recovery s"],
                goal=self.case.recovery_seconds)]
        return result
