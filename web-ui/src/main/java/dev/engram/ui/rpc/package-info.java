/** Talking to the services without ever blocking the page: clients, calls bound to a component, failures in plain words. */
package dev.engram.ui.rpc;
