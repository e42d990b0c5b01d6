"""The provider's cluster: found when first needed, remembered when it does not answer."""

import os
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property

from lab.standins.kubernetes.client import ApiError, Client, UnreachableError
from lab.standins.kubernetes.configuration import Configuration
from lab.standins.refusals import RefusedError

# Long enough that the checks of one preview wait for an address that does not answer only once.
REMEMBERED_SECONDS = 10.0


@dataclass(kw_only=True)
class Cluster:
    """Gives clients; `reachable` asks the server at most once in ten seconds when it does not answer."""

    configuration: Configuration
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _client: Client | None = None
    _problem: str = ""
    _at: float = 0.0

    def client(self) -> Client:
        """A client of a server that answered; raises UnreachableError, or RefusedError for an unusable kubeconfig."""
        with self._lock:
            if self._client is not None:
                return self._client
            if self._problem and time.monotonic() - self._at < REMEMBERED_SECONDS:
                raise UnreachableError(self._problem)
            try:
                client = Client(self.configuration.access(os.environ))
                self._ask(client)
            except UnreachableError as error:
                self._problem, self._at = str(error), time.monotonic()
                raise
            except (RefusedError, OSError, ValueError) as error:
                self._problem, self._at = str(error), time.monotonic()
                raise UnreachableError(self._problem) from error
            self._client = client
            return client

    @cached_property
    def default_namespace(self) -> str:
        """The namespace of objects that name none: the provider's, the context's, "default"."""
        if self.configuration.namespace:
            return self.configuration.namespace
        try:
            return self.configuration.access(os.environ).namespace or "default"
        except (RefusedError, OSError, ValueError):
            return "default"

    @staticmethod
    def _ask(client: Client) -> None:
        try:
            client.get("/version")
        except ApiError as error:
            # Some clusters do not tell their version to everybody; only who is not let in at all ends here.
            if error.status == 401:
                raise RefusedError(
                    f"the API server at {client.server} does not accept the kubeconfig's credentials: {error}"
                ) from error
