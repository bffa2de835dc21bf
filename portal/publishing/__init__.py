"""Publishing: the states of an item, who may lead it where, and what goes out or expires by the clock."""
