"""HTML that cannot be injected into: every text is escaped as it enters, only `Html` made here passes as markup."""

from html import escape

_VOID = {"br", "hr", "img"}


class Html(str):
    """Markup built by this module; a plain str is never markup."""

    __slots__ = ()


def text(value: object) -> Html:
    """`value` as text, escaped; markup built here stays as it is."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=True))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """An element. Attribute names end with _ where Python reserves them; - is written _; None drops the attribute."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: object, between: str = "") -> Html:
    """Children one after another, each escaped unless it is markup."""
    return Html(escape(between).join(text(child) for child in children if child is not None))


def web_address(url: object) -> str:
    """`url` where it is a full http(s) address, without a user's name and password in it; else ""."""
    # Brings pandas with it; the menu of a fresh server, which needs none, does not wait for that.
    from analysis.store.addresses import safe_url

    return safe_url(url if isinstance(url, str) else "")


def link(label: object, url: object) -> Html:
    """`label` as a link to a http(s) address in a new tab; without one, the label alone."""
    address = web_address(url)
    return tag("a", label, href=address, target="_blank", rel="noopener noreferrer") if address else text(label)
