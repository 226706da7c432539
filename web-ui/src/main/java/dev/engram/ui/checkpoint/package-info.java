/** Files of weights in and out: upload, inspection, import, export. The bytes go straight between browser, page and store; never by gRPC. */
package dev.engram.ui.checkpoint;
