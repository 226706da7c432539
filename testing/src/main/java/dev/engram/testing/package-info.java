/**
 * What the tests of several modules need: a laptop with a store, an executor and real worker processes, and what must hold for runs of every kind
 * on it. Nothing that is shipped depends on it. The tests of the workers themselves are beside it, as they need the laptop too.
 */
package dev.engram.testing;
