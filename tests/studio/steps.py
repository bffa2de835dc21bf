"""What a marketer does with two presses."""


def publish(signed_in, address, *, going=None, **fields):
    """Write an item, take the last look, and publish it as `going` says; the page that follows."""
    look = signed_in.submit(address, **fields, do="publish")
    assert look.status_code == 200, look.text
    return signed_in.submit(look.request.path, **(going or {}))
