"""The thin facade that speaks TMF621 (v2, v4, v5) over the same record: opens later.

It will hang below `/tmf-api/` (`unbroken.api.tmf_urls`) and translate shapes only: the field
names of `api.tickets` are TMF621's already, and so are the states.
"""
