/** Tests of the feed: what events say, and that nobody who polls misses one. */
@NullMarked
package io.drove.controller.feed;

import org.jspecify.annotations.NullMarked;
