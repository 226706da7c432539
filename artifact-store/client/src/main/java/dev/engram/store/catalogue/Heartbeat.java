package dev.engram.store.catalogue;

/** What a worker learns at its heartbeat. */
public enum Heartbeat {
    /** Nothing is asked; go on. */
    CONTINUE,
    /** Save the state and end as PAUSED. */
    PAUSE,
    /** End as CANCELLED. */
    CANCEL,
    /** The claim has ended: another has the run, or it is over. Stop and change nothing. */
    STOP
}
