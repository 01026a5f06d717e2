/**
 * Begins each job as soon as there is room for it, in their order as far as that leaves no room
 * unused; resolves when all have ended, or, once it is stopped, those that were begun. One that is
 * worth more than the whole machine runs alone.
 */
export async function schedule(jobs, { cores, begin, isStopped = () => false }) {
  const waiting = [...jobs.entries()];
  const running = new Set();
  let free = cores;
  const takeNext = () => {
    const at = waiting.findIndex(([, job]) => job.cores <= free || running.size === 0);
    return isStopped() || at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const start = ([number, job]) => {
    free -= job.cores;
    const ended = begin(job, number).then(() => {
      free += job.cores;
      running.delete(ended);
    });
    running.add(ended);
  };
  for (;;) {
    for (let next = takeNext(); next; next = takeNext()) start(next);
    // With none under way the next one always begins: so none waits any more.
    if (running.size === 0) return;
    await Promise.race(running);
  }
}
