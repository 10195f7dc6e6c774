"""The generations of several machines, in a Redis that all of them ask."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from delivery.protocol import OPEN, Generations, commits_have_ended

logger = logging.getLogger(__name__)

_KEY = "pages"
# Pages are not kept for so long after a committer was killed or has given up, or Redis
# has started; nor until the database says that no commit is under way.
_LEASE = 30  # seconds
_UNKNOWN = "?"
_PATIENCE = 1  # seconds for each step of an answer
_PAUSE = 5  # seconds for which readers do not ask a Redis that was gone

# One hash holds everything, so that nothing of it can be lost alone:
#   number  the second at which the last generation was opened, by the clock of Redis
#   open    whether it still is
#   busy:…  who is committing, and until when that is waited for
#   run     the run of Redis that wrote the others
#   era     a part of every name since then: numbers may come again where they are lost
_SCRIPT = """
local key, action, committer, lease = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1])
local exactly = now + tonumber(time[2]) / 1000000
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')

if redis.call('HGET', key, 'run') ~= run then
  -- It has started again, or took over from another, or was emptied: who is committing
  -- may be forgotten, and a generation that is over may be there again.
  redis.call('HSET', key, 'run', run, 'era', committer, 'open', 0,
    'busy:forgotten', exactly + lease)
end
if action == 'begin' then
  redis.call('HSET', key, 'open', 0, 'busy:' .. committer, exactly + lease)
  return ''
end
if action == 'end' then
  redis.call('HSET', key, 'open', 0)
  redis.call('HDEL', key, 'busy:' .. committer)
end

local number = tonumber(redis.call('HGET', key, 'number') or 0)
local era = redis.call('HGET', key, 'era')
if redis.call('HGET', key, 'open') == '1' then return era .. '-' .. number end
local fields, over = redis.call('HGETALL', key), {}
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 5) == 'busy:' then
    if tonumber(fields[i + 1]) > exactly then return '' end
    table.insert(over, fields[i])
  end
end
if #over > 0 and action ~= 'ended' then return '?' end
for _, name in ipairs(over) do redis.call('HDEL', key, name) end
-- Names of files would repeat within a second, and browsers keep pages by them.
if now == number then return '' end
number = math.max(now, number + 1)
redis.call('HSET', key, 'number', number, 'open', 1)
return era .. '-' .. number
"""


class SharedGenerations(Generations):
    """Generations that several machines share; the pages lie with each of them.

    None is open from before a commit begins until it has ended, on whatever machine.
    """

    refusal = "the Redis that PAGE_GENERATIONS names does not answer"

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder)
        redis = Redis.from_url(
            url,
            socket_connect_timeout=_PATIENCE,
            socket_timeout=_PATIENCE,
            # Once more, with a new connection: after a restart the old ones are dead.
            # Whatever is asked may be asked twice.
            retry=Retry(NoBackoff(), 1),
        )
        self._script = redis.register_script(_SCRIPT)
        self._ask_again_at = 0.0

    def current(self) -> str | None:
        if time.monotonic() < self._ask_again_at:
            return None
        try:
            if self._has_to_start:
                self.start()
            opened = self._ask("read")
            if opened == _UNKNOWN:
                opened = self._ask("ended") if commits_have_ended() else ""
        except ConnectionError as error:
            # Pages are made and not kept: others may be changing them.
            self._ask_again_at = time.monotonic() + _PAUSE
            logger.warning("Every page is made anew: %s.", error)
            return None
        if not opened:
            return None
        name = f"{OPEN}{opened}"
        with suppress(OSError):  # it is there, or the disk is full and keeps no page
            (self.folder / name).mkdir(parents=True)
        return name

    @contextmanager
    def fence(self) -> Iterator[None]:
        committer = uuid4().hex
        self._ask("begin", committer)
        yield
        # If Redis is gone, the commit stands, and it stays closed for the lease.
        with suppress(ConnectionError):
            self._ask("end", committer)

    def _ask(self, action: str, committer: str = "") -> str:
        """Return era and number of the generation that is open, or nothing.

        Raises:
            ConnectionError: Redis does not answer as it should.
        """
        try:
            answer = self._script(
                keys=[_KEY], args=[action, committer or uuid4().hex, _LEASE]
            )
            return str(answer, "ascii")
        except RedisError as error:
            raise ConnectionError(f"{self.refusal} ({type(error).__name__})") from error
