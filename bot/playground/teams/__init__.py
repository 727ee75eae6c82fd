"""Microsoft Teams on your own machine: a Bot Connector that signs what it sends, and a page in the browser.

It is what Teams is to the app, as its sister package is what Slack is: in one process, with no account, on
127.0.0.1 alone, and never part of a server in use. It has keys of its own, so that an app checks its requests
as it checks those of Teams. `emulator.TeamsEmulator` puts it together; it needs the extra [teams].
"""
