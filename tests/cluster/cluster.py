"""A Slurm cluster of one controller and two nodes on this machine, in a folder of its own: nothing of the system's is touched."""
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

os.environ["PATH"] += ":/usr/sbin:/sbin"  # where Debian keeps the daemons
PROGRAMS = ("slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "munged", "mungekey")


def missing_programs():
    return [program for program in PROGRAMS if shutil.which(program) is None]


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def environment_of(process):
    try:
        return pathlib.Path("/proc", process, "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def parent_of(process):
    try:
        return int(pathlib.Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 1


class Cluster:
    """Use with `with`; leaving it ends every process that it started."""

    NODES = ("n1", "n2")

    def __init__(self):
        # Short: a socket's path has at most 107 characters.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-slurm-", dir="/tmp"))
        self.environment = dict(os.environ, SLURM_CONF=str(self.folder / "slurm.conf"))
        self.daemons = {}

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        mark = f"SLURM_CONF={self.folder / 'slurm.conf'}".encode()
        for process in filter(str.isdigit, os.listdir("/proc")):
            if mark in environment_of(process):
                self._end(int(process))
        for daemon in self.daemons.values():
            daemon.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _end(process):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def _start(self):
        (self.folder / "state").mkdir()
        subprocess.run(["mungekey", "--create", "--keyfile", self.folder / "munge.key"], check=True, stdout=subprocess.DEVNULL)
        control, *ports = free_ports(1 + len(self.NODES))
        host, user = socket.gethostname().split(".")[0], getpass.getuser()
        nodes = [f"NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1 RealMemory=100 State=UNKNOWN"
                 for name, port in zip(self.NODES, ports)]
        (self.folder / "slurm.conf").write_text(f"""
ClusterName=parley
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={self.folder}/munge.socket
CredType=cred/munge
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool-%n
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd-%n.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/none
MailProg=/bin/true
ReturnToService=2
SlurmdTimeout=4
InactiveLimit=0
KillWait=2
SchedulerParameters=bf_interval=1,sched_interval=1
SlurmdParameters=config_overrides
{chr(10).join(nodes)}
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
""")
        self._launch("munged", "--foreground", "--force", f"--key-file={self.folder}/munge.key", f"--socket={self.folder}/munge.socket",
                     f"--pid-file={self.folder}/munged.pid", f"--seed-file={self.folder}/munged.seed", f"--log-file={self.folder}/munged.log")
        self.until(lambda: (self.folder / "munge.socket").exists(), 20, "munged answers")
        self._launch("slurmctld", "-D", "-c")
        for name in self.NODES:
            self._launch(name, "-D", "-N", name, program="slurmd")
        self.until(lambda: self.states() == {name: "idle" for name in self.NODES}, 60, "both nodes are idle")

    def _launch(self, name, *arguments, program=None):
        with open(self.folder / f"{name}.out", "w") as log:
            self.daemons[name] = subprocess.Popen([program or name, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                                                  stdout=log, stderr=subprocess.STDOUT)

    def until(self, happened, seconds, what):
        """Waits, with a bound that only a broken cluster reaches."""
        end = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {what}\n{self.told()}")
            time.sleep(0.2)

    def told(self):
        """The ends of all logs."""
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in sorted(self.folder.glob("*.out")))

    def command(self, *words):
        return subprocess.run([str(word) for word in words], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def states(self):
        said = self.command("sinfo", "--noheader", "--Node", "--format=%N %t").stdout
        return dict(line.split() for line in said.splitlines())

    def kill(self, node):
        """kill -9 of a node's daemon; what it had started goes on, as behind a broken network."""
        self.daemons[node].kill()
        self.daemons[node].wait()

    def lose(self, node):
        """The whole node is gone at once: its daemon, its steps and their processes."""
        self.kill(node)
        marks = {f"SLURMD_NODENAME={node}".encode(), f"SLURM_CONF={self.folder / 'slurm.conf'}".encode()}
        work = [int(process) for process in filter(str.isdigit, os.listdir("/proc")) if marks <= set(environment_of(process))]
        # The steps first: they would tell the controller how their processes ended.
        for process in [parent for parent in map(parent_of, work) if parent not in (1, *work)] + work:
            self._end(process)
