"""How channels fail: for this alert, or altogether."""


class DeliveryError(RuntimeError):
    """An alert that did not get through. The message is safe to log: no address beyond its host, no secret."""


class Refused(DeliveryError):
    """The receiver will not have this alert; the next one may still go through."""


class Unreachable(DeliveryError):
    """Nobody can be told by this channel now; the rest waits for the next run."""
