"""A test client that sends each cookie to its own path alone, as browsers do."""

from http.cookies import SimpleCookie

from django.test import Client


class PathClient(Client):
    """Django's own sends every cookie everywhere, and knows one a name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.jar = {}

    def request(self, **request):
        path = request["PATH_INFO"]
        self.cookies = SimpleCookie(
            {
                name: value
                for (name, at), value in self.jar.items()
                if path.startswith(at)
            }
        )
        response = super().request(**request)
        for cookie in response.cookies.values():
            place = (cookie.key, cookie["path"])
            if cookie.value and cookie["max-age"] not in {0, "0"}:
                self.jar[place] = cookie.value
            else:
                self.jar.pop(place, None)
        return response
