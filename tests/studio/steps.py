"""What a marketer does with two presses."""


def publish(signed_in, address, **fields):
    """Write an item, take the last look, and publish it; the page that follows."""
    look = signed_in.submit(address, **fields, do="publish")
    assert look.status_code == 200, look.text
    published = signed_in.post(look.request.path)
    return signed_in.get(published.location) if published.status_code == 302 else published
