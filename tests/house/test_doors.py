"""Every route says who may use it, and addresses look alike."""

import re


def test_every_route_says_who_may_call_it(app):
    silent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "allowed_to")
    }
    assert not silent, f"Put @public or @allow(Can.…) on: {sorted(silent)}"


def test_addresses_are_kebab_case_with_typed_parts(app):
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/static/")
        and not re.fullmatch(
            r"(/([a-z0-9-]+|<(int|hash|string|any\([^)]*\)):[a-z0-9_]+>|<(key|token|kind|step|module|discipline)>)(\.(csv|json|jwt|pdf|vcf|xlsx))?)*/?",
            rule.rule,
        )
    ]
    assert not odd, f"Write these addresses in kebab-case, with typed parts: {odd}"
