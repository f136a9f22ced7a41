"""Sign-in as a browser meets it: cookies, routes, the gate before everything, own conversations."""
