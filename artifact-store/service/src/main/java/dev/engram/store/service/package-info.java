/**
 * The store as a service: it starts what a laptop lacks (S3, SQL), brings the tables up to date, and answers for runs and artifacts.
 *
 * <p>Does not belong here: how objects and rows are written ({@code artifact-store/client}), what a run may do ({@code runs}).
 */
package dev.engram.store.service;
