#!/bin/sh
# Process 1 of the sample: writes the page, serves it, and ends at once when told to.
set -u
cat > /www/index.html <<PAGE
<!doctype html>
<title>Hello from Drove</title>
<h1>Hello from Drove</h1>
<p>instance ${DROVE_INSTANCE_ID:-unknown} of ${DROVE_APP_ID:-unknown} on ${DROVE_EXECUTOR_HOST:-unknown}</p>
PAGE
echo "hello: serving as ${DROVE_INSTANCE_ID:-unknown}"
httpd -f -vv -p 8000 -h /www &
server=$!
# Process 1 gets no default actions: without this a stop would wait for the kill.
trap 'echo "hello: told to stop"; kill "$server"; exit 0' TERM INT
wait "$server"
