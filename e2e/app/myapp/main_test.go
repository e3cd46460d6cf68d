package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name, method, path, body string
		app                      *app
		status                   int
		want                     string
	}{
		{"page of version 1", "GET", "/", "", &app{version: "1"}, 200, "Version 1 of my awesome app! Money is pouring in!"},
		{"page of version 2", "GET", "/", "", &app{version: "2"}, 200, "Version 2 of my awesome app! More Money is pouring in!"},
		{"title", "GET", "/", "", &app{version: "1"}, 200, "<title>My Awesome App</title>"},
		{"echo", "POST", "/", "hello", &app{version: "1"}, 200, "hello"},
		{"slow echo", "POST", "/slow?ms=1", "hello", &app{version: "1"}, 200, "hello"},
		{"slow without ms", "GET", "/slow", "", &app{version: "1"}, 400, "ms must be a number"},
		{"readiness", "GET", "/readyz", "", &app{version: "1"}, 200, "ok"},
		{"never ready", "GET", "/", "", &app{version: "1", neverReady: true}, 503, "not ready"},
		{"counts", "GET", "/stats", "", &app{version: "1", pod: "p"}, 200, `{"version":"1","pod":"p","received":0,"answered":0}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			c.app.routes().ServeHTTP(w, httptest.NewRequest(c.method, c.path, strings.NewReader(c.body)))
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body, c.status, c.want)
			}
			if got := w.Header().Get("X-App-Version"); got != c.app.version {
				t.Errorf("X-App-Version is %q", got)
			}
		})
	}
}

func TestSlowCapacity(t *testing.T) {
	a := &app{version: "1", slowCapacity: 1}
	status := func() int {
		w := httptest.NewRecorder()
		a.routes().ServeHTTP(w, httptest.NewRequest("POST", "/slow?ms=1", strings.NewReader("hello")))
		return w.Code
	}
	if got := []int{status(), status()}; got[0] != 200 || got[1] != 200 {
		t.Errorf("one after the other: got %v", got)
	}
	a.slowNow.Add(1)
	if got := status(); got != 503 {
		t.Errorf("beside another one: got %d, want 503", got)
	}
}
