"""What tests/fuzz-tables and tests/fuzz-xml share: projects damaged a file at a time, and what is wrong with a program that reads them."""
import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECONDS_MOST = 30  # of processor time, under sanitizers: five without


def options(text):
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="round to begin with")
    parser.add_argument("--keep", default="fuzz.kept", help="folder for the projects that fail")
    return parser.parse_args()


def bare_data(folder):
    """A library without metrics, as golden cases are built with."""
    for name in ("fonts", "layouts"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name))
    shutil.copytree(os.path.join(ROOT, "library", "words"), os.path.join(folder, "library", "words"))
    for name in ("catalogue", "benchmarks"):
        with open(os.path.join(folder, "library", f"{name}.xml"), "w", encoding="utf-8") as file:
            file.write(f'<{name} xmlns="urn:entente" version="1"/>')


def damaged_bytes(rng, data, tokens):
    """One small change: a byte, a stretch, or a token in place of something."""
    data, at = bytearray(data), rng.randrange(len(data) + 1)
    size = rng.choice([0, 1, 1, 2, 8, 64])
    kind = rng.randrange(5)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << rng.randrange(8)
    elif kind == 1:
        del data[at:at + size]
    elif kind == 2:
        data[at:at] = data[max(0, at - size):at] * rng.choice([1, 2, 100])
    elif kind == 3:
        del data[at:]
    else:
        data[at:at + rng.choice([0, 1, size])] = rng.choice(tokens)
    return bytes(data)


def said_by_workers(folder):
    manifest = os.path.join(folder, "out", "manifest.json")
    if not os.path.exists(manifest):
        return ""
    with open(manifest, encoding="utf-8") as file:
        return "".join(re.findall(r'"status":"crashed".*', file.read()))


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tried(program, folder, command, data):
    """What is wrong with the run, None: nothing; and its exit status."""
    before = processor_time()
    try:
        done = subprocess.run([program, *command], capture_output=True, timeout=300, check=False, cwd=folder, stdin=subprocess.DEVNULL,
                              env={**os.environ, "ENTENTE_DATA": data})
    except subprocess.TimeoutExpired:
        return "it does not end", None
    said = done.stderr.decode("utf-8", "replace")
    workers = said_by_workers(folder)
    if workers:
        return f"a worker ended\n{said[:3000]}\n{workers}", done.returncode
    if done.returncode not in (0, 1, 4) or "runtime error" in said or "Sanitizer" in said:
        return f"exit {done.returncode}\n{said[:6000]}", done.returncode
    if processor_time() - before > SECONDS_MOST:
        return f"it takes {processor_time() - before:.0f} seconds", done.returncode
    told = done.returncode == 0 or "error" in said or b"error" in done.stdout
    return None if told else f"refused without a word\n{said[:500]}", done.returncode


def run(asked, what, one_round):
    """Rounds until the time is over: one_round(rng, work, number) gives the damaged project and what is wrong with it, or None. A round's
    damage depends on the seed and its number alone."""
    os.environ["LSAN_OPTIONS"] = f"suppressions={ROOT}/tests/lsan.supp:print_suppressions=0"
    end, number, failed = time.time() + asked.seconds, asked.first, 0
    with tempfile.TemporaryDirectory() as work:
        while time.time() < end and failed < 20:
            folder, wrong = one_round(random.Random(f"{asked.seed}-{number}"), work, number)
            if wrong:
                kept = os.path.join(asked.keep, f"{asked.seed}-{number}")
                shutil.copytree(folder, kept, dirs_exist_ok=True)
                print(f"FAILED  {kept}: {wrong}", flush=True)
            failed += wrong is not None
            number += 1
    print(f"{what}: {number - asked.first} damaged, {failed} failed")
    return 1 if failed else 0
