// Command myapp is the application of the article, with switches for each way in which real applications
// start, stop and fail. It speaks HTTP/1.1 and, as gRPC does, HTTP/2 without TLS. Everything is set by environment variables:
//
//	PORT          where it listens (80)
//	VERSION       which version it says it is (1)
//	START_DELAY   how long it waits before it listens (20s)
//	ON_SIGTERM    abrupt: exit at once (default); graceful: finish open requests; ignore: go on;
//	              unready: /readyz fails for UNREADY_FOR (20s), then as graceful
//	CRASH_AFTER   exit with an error this long after it began to listen (never)
//	NEVER_READY   true: / and /readyz answer 503 (false)
//	SLOW_CAPACITY how many requests to /slow it serves at once; it answers 503 to more (no limit)
//	TLS_FOLDER    where tls.crt and tls.key are, with which it serves HTTPS (none, HTTP)
//
// With the argument `migrate` it does what has to be done before it starts, which is nothing, and exits.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

type app struct {
	version, pod       string
	neverReady         bool
	listening, leaving atomic.Bool
	received, answered atomic.Int64
	slowCapacity       int64
	slowNow            atomic.Int64
}

func main() {
	log.SetFlags(log.LstdFlags | log.Lmicroseconds | log.LUTC)
	if len(os.Args) > 1 && os.Args[1] == "migrate" {
		log.Print("migrated")
		return
	}
	pod, _ := os.Hostname()
	a := &app{version: env("VERSION", "1"), pod: pod, neverReady: env("NEVER_READY", "false") == "true"}
	a.slowCapacity = number("SLOW_CAPACITY", "0")
	server := &http.Server{Addr: ":" + env("PORT", "80"), Handler: a.routes(), Protocols: new(http.Protocols)}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	stopped := make(chan struct{})
	go a.onSigterm(server, stopped)

	time.Sleep(duration("START_DELAY", "20s"))
	if after := duration("CRASH_AFTER", "0s"); after > 0 {
		time.AfterFunc(after, func() { log.Fatalf("crash: as CRASH_AFTER=%s asks", after) })
	}
	a.listening.Store(true)
	log.Printf("version %s listens on %s", a.version, server.Addr)
	if err := serve(server, env("TLS_FOLDER", "")); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-stopped
}

func serve(server *http.Server, tlsFolder string) error {
	if tlsFolder == "" {
		return server.ListenAndServe()
	}
	return server.ListenAndServeTLS(filepath.Join(tlsFolder, "tls.crt"), filepath.Join(tlsFolder, "tls.key"))
}

func (a *app) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", a.page)
	mux.HandleFunc("GET /readyz", a.ready)
	mux.HandleFunc("GET /stats", a.stats)
	mux.HandleFunc("GET /slow", a.slow)
	mux.HandleFunc("POST /slow", a.slow)
	mux.HandleFunc("POST /", a.echo)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.received.Add(1)
		w.Header().Set("X-App-Version", a.version)
		w.Header().Set("X-Pod", a.pod)
		mux.ServeHTTP(w, r)
		a.answered.Add(1)
	})
}

// page is what the article's users see.
func (a *app) page(w http.ResponseWriter, _ *http.Request) {
	if a.neverReady {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	money := "Money"
	if a.version != "1" {
		money = "More Money"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!DOCTYPE html>
<html>
<head><title>My Awesome App</title></head>
<body><h1>Version %s of my awesome app! %s is pouring in!</h1></body>
</html>
`, a.version, money)
}

func (a *app) ready(w http.ResponseWriter, _ *http.Request) {
	if a.neverReady || a.leaving.Load() {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// stats tells how many requests came before this one.
func (a *app) stats(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"version":%q,"pod":%q,"received":%d,"answered":%d}`+"\n",
		a.version, a.pod, a.received.Load()-1, a.answered.Load())
}

// slow answers after ?ms= milliseconds, with the body that it got.
func (a *app) slow(w http.ResponseWriter, r *http.Request) {
	ms, err := strconv.Atoi(r.URL.Query().Get("ms"))
	if err != nil || ms < 0 || ms > 600_000 {
		http.Error(w, "ms must be a number from 0 to 600000", http.StatusBadRequest)
		return
	}
	defer a.slowNow.Add(-1)
	if now := a.slowNow.Add(1); a.slowCapacity > 0 && now > a.slowCapacity {
		http.Error(w, "too many slow requests", http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	time.Sleep(time.Duration(ms) * time.Millisecond)
	w.Write(body)
}

func (a *app) echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	w.Write(body)
}

func (a *app) onSigterm(server *http.Server, stopped chan<- struct{}) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	<-signals
	mode := env("ON_SIGTERM", "abrupt")
	log.Printf("SIGTERM (%s): received %d, answered %d", mode, a.received.Load(), a.answered.Load())
	if mode == "ignore" {
		return
	}
	if mode == "abrupt" || !a.listening.Load() {
		os.Exit(0)
	}
	if mode == "unready" {
		a.leaving.Store(true)
		time.Sleep(duration("UNREADY_FOR", "20s"))
	}
	server.Shutdown(context.Background())
	log.Printf("end: received %d, answered %d", a.received.Load(), a.answered.Load())
	close(stopped)
}

func env(name, otherwise string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return otherwise
}

func number(name, otherwise string) int64 {
	value, err := strconv.ParseInt(env(name, otherwise), 10, 64)
	if err != nil {
		log.Fatalf("%s must be a number: %v", name, err)
	}
	return value
}

func duration(name, otherwise string) time.Duration {
	value, err := time.ParseDuration(env(name, otherwise))
	if err != nil {
		log.Fatalf("%s must be a duration such as 20s: %v", name, err)
	}
	return value
}
