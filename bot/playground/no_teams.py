"""What stands at Teams' address where there is no Teams."""

import html

from aiohttp import web

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>No Teams here</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/static/palette.css" />
    <link rel="stylesheet" href="/static/prompts.css" />
  </head>
  <body>
    <main class="welcome">
      <h1>There is no Teams here yet</h1>
      <p>{why}</p>
      <p><a href="/">Back to Slack</a></p>
    </main>
  </body>
</html>
"""


def no_teams(why: str) -> list[web.RouteDef]:
    """List the addresses of a page that says why."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=PAGE.replace("{why}", html.escape(why)), content_type="text/html")

    return [web.get("/teams", answer)]
