"""A Slack workspace on your own machine: Web API, signed events, Socket Mode, and a page in the browser.

It is what Slack is to the app, in one process and with no account, for `lvm try` and for the tests. It
listens on 127.0.0.1 alone and is never part of a server in use. `emulator.Emulator` puts it together.
"""
