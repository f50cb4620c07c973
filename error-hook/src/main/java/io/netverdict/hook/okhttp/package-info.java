/** OkHttp 4 and 5. */
package io.netverdict.hook.okhttp;
