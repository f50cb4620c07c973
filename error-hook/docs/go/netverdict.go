// Package netverdict reports HTTP requests that fail to the netverdict service on this machine and
// brings back why. One file, standard library only; copy it into your program.
//
//	client := &http.Client{Transport: netverdict.Transport(http.DefaultTransport)}
//
// A moment after a failure the log has the hint. A request never fails, waits or panics because of
// this package, unless WaitForHint says how long it may wait: then the error's text has the hint.
package netverdict

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Settings; to be changed before the first request.
var (
	// Service is the base URL of netverdict's API; NETVERDICT_URL of the environment sets it.
	Service = serviceURL()
	// WaitForHint is how long a failed request may wait for its hint.
	WaitForHint time.Duration
	// HintDeadline is how long a hint is awaited behind the caller's back.
	HintDeadline = 10 * time.Second
	// Log receives each hint.
	Log = func(line string) { log.Print(line) }
)

const (
	maxPending  = 32
	maxMessage  = 32 << 10
	maxAnswer   = 8 << 20
	longestRest = time.Minute
)

// Hint is the service's answer.
type Hint struct {
	Incident, Cause, Text string
}

func (h Hint) String() string {
	return fmt.Sprintf("%s [%s, incident %s]", h.Text, h.Cause, h.Incident)
}

// HintedError is the request's own error with its hint; errors.Is and errors.As see through it.
type HintedError struct {
	Err  error
	Hint Hint
}

func (e *HintedError) Error() string { return e.Err.Error() + " (netverdict: " + e.Hint.String() + ")" }
func (e *HintedError) Unwrap() error { return e.Err }

// Timeout tells what the request's own error does.
func (e *HintedError) Timeout() bool {
	var timeout interface{ Timeout() bool }
	return errors.As(e.Err, &timeout) && timeout.Timeout()
}

func serviceURL() string {
	if base := os.Getenv("NETVERDICT_URL"); base != "" {
		return strings.TrimSuffix(base, "/")
	}
	return "http://127.0.0.1:8321"
}

// Transport is next, whose failures are reported.
func Transport(next http.RoundTripper) http.RoundTripper { return &transport{next} }

type transport struct{ next http.RoundTripper }

// attempts is what httptrace tells of one request.
type attempts struct {
	sync.Mutex
	started time.Time
	events  []string
	local   string
	remote  string
	count   int
}

func (a *attempts) note(format string, values ...any) {
	a.Lock()
	defer a.Unlock()
	if len(a.events) < 48 {
		at := time.Since(a.started).Seconds()
		a.events = append(a.events, fmt.Sprintf("+%.3f s ", at)+fmt.Sprintf(format, values...))
	}
}

func (a *attempts) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart: func(i httptrace.DNSStartInfo) { a.note("dns query %s", i.Host) },
		DNSDone:  func(i httptrace.DNSDoneInfo) { a.note("dns answer %v %v", i.Addrs, i.Err) },
		ConnectStart: func(_, addr string) {
			a.note("connect %s", addr)
			a.Lock()
			a.count++
			a.Unlock()
		},
		ConnectDone: func(_, addr string, err error) { a.note("connected %s %v", addr, err) },
		GotConn: func(i httptrace.GotConnInfo) {
			a.Lock()
			a.local, a.remote = i.Conn.LocalAddr().String(), i.Conn.RemoteAddr().String()
			a.Unlock()
			a.note("connection %s", i.Conn.LocalAddr())
		},
	}
}

func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	a := &attempts{started: time.Now()}
	traced := request.WithContext(httptrace.WithClientTrace(request.Context(), a.trace()))
	response, err := t.next.RoundTrip(traced)
	if err != nil {
		return response, failed(request, a, err)
	}
	if response.Body != nil && response.StatusCode != http.StatusSwitchingProtocols {
		response.Body = &body{ReadCloser: response.Body, request: request, attempts: a}
	}
	return response, nil
}

// body reports what fails while the application reads the response.
type body struct {
	io.ReadCloser
	request  *http.Request
	attempts *attempts
	told     bool
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF && !b.told {
		b.told = true
		err = failed(b.request, b.attempts, err)
	}
	return n, err
}

func failed(request *http.Request, a *attempts, err error) error {
	if errors.Is(err, context.Canceled) {
		return err // the application's own wish
	}
	target := *request.URL
	target.User = nil
	text := err.Error()
	// http.Client's own limit comes here as a mere cancellation.
	if strings.HasSuffix(text, "request canceled") {
		deadline, limited := request.Context().Deadline()
		if !limited || time.Now().Before(deadline) {
			return err
		}
		text += ": " + context.DeadlineExceeded.Error()
	}
	a.Lock()
	report := map[string]any{
		"message":    cut(fmt.Sprintf("%s %q: %s", request.Method, target.String(), text)),
		"url":        cut(target.String()),
		"method":     request.Method,
		"startedAt":  a.started.UTC().Format(time.RFC3339Nano),
		"occurredAt": time.Now().UTC().Format(time.RFC3339Nano),
		"client":     "go net/http " + strings.TrimPrefix(runtime.Version(), "go"),
		"key":        fmt.Sprintf("go-%d-%p", time.Now().UnixNano(), a),
	}
	if a.count <= 1 && a.local != "" { // of several connections none is the request's only one
		report["local"], report["remote"] = a.local, a.remote
	}
	notes := map[string]string{}
	for i, event := range a.events {
		notes[fmt.Sprintf("event.%02d", i+1)] = cut(event)
	}
	a.Unlock()
	report["attributes"] = notes
	hint := send(report, &target)
	if WaitForHint <= 0 {
		return err
	}
	select {
	case h, ok := <-hint:
		if ok {
			return &HintedError{err, h}
		}
	case <-time.After(WaitForHint):
	}
	return err
}

func cut(text string) string {
	if len(text) <= maxMessage {
		return text
	}
	half := maxMessage / 2
	return text[:half] + fmt.Sprintf("\n[... %d bytes left out ...]\n", len(text)-2*half) + text[len(text)-half:]
}

var (
	pending = make(chan struct{}, maxPending)
	running sync.WaitGroup
	gate    sync.Mutex
	rest    time.Duration
	awayTo  time.Time
	leftOut int
	api     = &http.Client{Transport: &http.Transport{
		Proxy:             nil, // the service is near
		DialContext:       (&net.Dialer{Timeout: time.Second}).DialContext,
		DisableKeepAlives: true,
	}}
)

// send reports in the background: at most maxPending at a time, none while the service is away.
func send(report map[string]any, about *url.URL) <-chan Hint {
	answer := make(chan Hint, 1)
	gate.Lock()
	defer gate.Unlock()
	full := false
	if !time.Now().Before(awayTo) {
		select {
		case pending <- struct{}{}:
		default:
			full = true
		}
	} else {
		full = true
	}
	if full {
		leftOut++
		close(answer)
		return answer
	}
	if leftOut > 0 {
		report["attributes"].(map[string]string)["netverdict.leftOut"] = fmt.Sprint(leftOut)
		leftOut = 0
	}
	running.Add(1)
	go func() {
		defer running.Done()
		defer func() { <-pending }()
		defer close(answer)
		defer func() { _ = recover() }()
		hint, err := post(report)
		gate.Lock()
		if err != nil {
			if rest == 0 {
				Log("netverdict: failed requests go unreported until " + Service + " answers: " + err.Error())
				rest = time.Second / 2
			}
			if rest *= 2; rest > longestRest {
				rest = longestRest
			}
			awayTo = time.Now().Add(rest)
		} else {
			rest, awayTo = 0, time.Time{}
		}
		gate.Unlock()
		if hint != nil {
			Log("hint for " + about.String() + ": " + hint.String())
			answer <- *hint
		}
	}()
	return answer
}

func post(report map[string]any) (*Hint, error) {
	text, err := json.Marshal(report)
	if err != nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), HintDeadline+2*time.Second)
	defer cancel()
	call := fmt.Sprintf("%s/api/v1/errors?wait=%ds", Service, int(HintDeadline.Seconds()))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, call, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := api.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests {
		return nil, errors.New(response.Status)
	}
	var incident struct {
		ID      string
		Verdict struct{ Cause, Hint string }
	}
	decoder := json.NewDecoder(io.LimitReader(response.Body, maxAnswer))
	if decoder.Decode(&incident) != nil || incident.Verdict.Cause == "" {
		return nil, nil // still collecting, or not for us
	}
	return &Hint{incident.ID, incident.Verdict.Cause, incident.Verdict.Hint}, nil
}

// Flush waits for reports under way, no longer than told: before a program ends.
func Flush(longest time.Duration) {
	done := make(chan struct{})
	go func() { running.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(longest):
	}
}
