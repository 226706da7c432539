/** Which part of an image an attacker is shown: rectangles, chosen from sizes and boxes alone. */
package dev.engram.attack.crop;
