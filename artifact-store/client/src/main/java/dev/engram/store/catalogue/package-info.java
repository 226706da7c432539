/**
 * The catalogue: runs, artifacts, pairs and what connects them, in SQL that H2 and PostgreSQL both understand.
 *
 * <p>It stores states and makes their changes atomic; which changes are allowed is the business of whoever calls.
 */
package dev.engram.store.catalogue;
