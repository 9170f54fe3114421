"""Builds that share a cache in a bucket: the program against a server that speaks S3 (moto), on this machine alone.

`bucket.py BINARY`; it counts like the other runners: `N passed, M failed`."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

BINARY = pathlib.Path(sys.argv[1]).resolve()
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="rapporteur-bucket-"))
CONFIG = '[report]\ntitle = "T"\nshort_title = "T"\ndate = "2026-01-02"\n'
results = []


def check(name, holds, seen=""):
    results.append(holds)
    print(f"{'ok' if holds else 'FAILED'}: {name}" + ("" if holds else f"\n{seen}"))


def project(name, text="Text with [a dead link](#nowhere)."):
    folder = SCRATCH / name
    (folder / "drafts").mkdir(parents=True, exist_ok=True)
    (folder / "rapporteur.toml").write_text(CONFIG)
    (folder / "drafts/1.md").write_text(f"# A\n\n{text}\n")
    return folder


def build(folder, endpoint, store="s3://reports/cache", **more):
    access = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "eu-west-1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_") and not name.lower().endswith("_proxy")}
    command = [BINARY, "build", folder, "--format", "html,docx", "--cache", store]
    return subprocess.run(command, env=kept | access | more, capture_output=True, text=True, timeout=120)


def output(folder):
    return {path.name: path.read_bytes() for path in (folder / "output").iterdir() if not path.name.startswith(".")}


def main():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-c", "from moto.server import main; import sys; main(sys.argv[1:])", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{endpoint}/moto-api/", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        scenario(endpoint, port)
    finally:
        server.terminate()
        server.wait()
    gone = build(project("seven"), endpoint)
    check("a server that is gone fails no build", gone.returncode == 0 and "of no use now" in gone.stderr, gone)


def scenario(endpoint, port):
    import boto3

    s3 = boto3.client("s3", endpoint_url=endpoint, aws_access_key_id="key", aws_secret_access_key="secret", region_name="us-east-1")
    one, two = project("one"), project("two")
    missing = build(one, endpoint)
    check("a bucket that is not there fails no build", missing.returncode == 0, missing)
    s3.create_bucket(Bucket="reports")
    first, second = build(one, endpoint), build(two, endpoint)
    check("the first build is a build", first.returncode == 0 and "from the cache" not in first.stderr and "of no use" not in first.stderr, first)
    check("the second is taken from the bucket", second.returncode == 0 and "from the cache" in second.stderr, second)
    check("with what was said", "warning[dead-link]" in second.stderr, second)
    check("and the same bytes", output(one) == output(two) and len(output(one)) == 3)
    keys = sorted(entry["Key"] for entry in s3.list_objects_v2(Bucket="reports")["Contents"])
    check("two entries beneath the prefix", len(keys) == 2 and all(key.startswith("cache/v1/") for key in keys), keys)

    report = next(key for key in keys if key.endswith(".report"))
    body = s3.get_object(Bucket="reports", Key=report)["Body"].read()
    s3.put_object(Bucket="reports", Key=report, Body=body[:-1] + bytes([body[-1] ^ 1]))
    damaged = build(two, endpoint)
    check("a damaged entry is said and not used", damaged.returncode == 0 and "damaged or forged" in damaged.stderr, damaged)
    check("and made anew", "from the cache" in build(one, endpoint).stderr)

    # Someone who can write to the bucket gives it a page of their own, with every digest right.
    seal, rest = body.split(b"\n", 1)
    import hashlib

    forged = rest.replace(b"Text with", b"Lies with")
    seal = json.loads(seal)
    index, files = forged.split(b"\n", 1)
    index = json.loads(index)
    at = 0
    for file in index["files"]:
        file["sha256"] = hashlib.sha256(files[at : at + file["bytes"]]).hexdigest()
        at += file["bytes"]
    forged = json.dumps(index).encode() + b"\n" + files
    seal["sha256"] = hashlib.sha256(forged).hexdigest()
    keyed = {"RAPPORTEUR_CACHE_SECRET": "known to our jobs alone"}
    s3.put_object(Bucket="reports", Key=report, Body=json.dumps(seal).encode() + b"\n" + forged)
    kept = build(two, endpoint, **keyed)
    check("with a secret, what others have kept is not found", kept.returncode == 0 and "from the cache" not in kept.stderr, kept)
    check("nor published", b"Lies with" not in output(two)["t.html"])
    check("and our own is", "from the cache" in build(two, endpoint, **keyed).stderr)

    # They see the names of what we keep, too.
    names = [entry["Key"] for entry in s3.list_objects_v2(Bucket="reports")["Contents"]]
    check("each has its own entries", len(names) == 4, names)
    ours = next(name for name in names if name.endswith(".report") and name != report)
    seal["key"] = ours.rsplit("/", 1)[1].removesuffix(".report")
    s3.put_object(Bucket="reports", Key=ours, Body=json.dumps(seal).encode() + b"\n" + forged)
    forgery = build(two, endpoint, **keyed)
    check("what others put in its place is said", forgery.returncode == 0 and "damaged or forged" in forgery.stderr, forgery)
    check("and not published", b"Lies with" not in output(two)["t.html"])

    plain = build(project("three"), f"http://rapporteur.invalid:{port}")
    check("no plain http to another machine", plain.returncode == 0 and "not encrypted" in plain.stderr, plain)
    nobody = build(project("four"), endpoint, AWS_ACCESS_KEY_ID="")
    check("no credentials, no cache", nobody.returncode == 0 and "AWS_ACCESS_KEY_ID" in nobody.stderr, nobody)
    shown = " ".join(run.stderr + run.stdout for run in (first, plain, nobody, missing))
    check("the secret is shown nowhere", "secret" not in shown.replace("AWS_SECRET", ""), shown)


try:
    main()
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
failed = results.count(False)
print(f"{len(results) - failed} passed, {failed} failed")
sys.exit(1 if failed or not results else 0)
