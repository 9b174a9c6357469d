"""Short ways to look at a run's JSON."""


def attempts(seen, family, endpoint=0):
    return [each for each in seen["endpoints"][endpoint]["attempts"] if each["family"] == family]


def causes(seen, family):
    return {each["cause"] for each in attempts(seen, family)}


def words(seen, endpoint=0):
    return seen["endpoints"][endpoint]["ipv6"], seen["endpoints"][endpoint]["ipv4"]


def findings(seen):
    return {each["id"] for each in seen["findings"]}


def finding(seen, name):
    (found,) = [each for each in seen["findings"] if each["id"] == name]
    return found
