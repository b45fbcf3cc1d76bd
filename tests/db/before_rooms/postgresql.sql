--
-- PostgreSQL database dump
--

\restrict rWJLK0k8Q4hrdetSdqtHQbgnMKMmkC0RIJI5NsgbvdYHGSd3OiISGVK1Wi2ntxN

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: alert_deliveries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alert_deliveries (
    id bigint NOT NULL,
    alert_id bigint NOT NULL,
    receiver character varying(300) NOT NULL,
    occasion character varying(16) NOT NULL,
    tries integer NOT NULL,
    next_try_at timestamp with time zone,
    sent_at timestamp with time zone,
    error character varying(500) NOT NULL
);


--
-- Name: alert_deliveries_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.alert_deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: alert_deliveries_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.alert_deliveries_id_seq OWNED BY public.alert_deliveries.id;


--
-- Name: alert_rules; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alert_rules (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    kind character varying(32) NOT NULL,
    name character varying(120) NOT NULL,
    settings text NOT NULL,
    is_enabled boolean NOT NULL,
    muted_until timestamp with time zone,
    muted_by character varying(254) NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by character varying(254) NOT NULL
);


--
-- Name: alert_rules_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.alert_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: alert_rules_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.alert_rules_id_seq OWNED BY public.alert_rules.id;


--
-- Name: alerts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alerts (
    id bigint NOT NULL,
    rule_id bigint NOT NULL,
    subject character varying(200) NOT NULL,
    open_key character varying(64),
    sentence text NOT NULL,
    figures text NOT NULL,
    buy_ids text NOT NULL,
    link text NOT NULL,
    latest text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    calm_since timestamp with time zone,
    closed_at timestamp with time zone,
    closed_because character varying(200) NOT NULL,
    acknowledged_at timestamp with time zone,
    acknowledged_by character varying(254) NOT NULL,
    is_silent boolean NOT NULL
);


--
-- Name: alerts_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.alerts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: alerts_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.alerts_id_seq OWNED BY public.alerts.id;


--
-- Name: balance_readings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.balance_readings (
    id bigint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    amount bigint NOT NULL,
    source character varying(16) NOT NULL
);


--
-- Name: balance_readings_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.balance_readings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: balance_readings_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.balance_readings_id_seq OWNED BY public.balance_readings.id;


--
-- Name: closed_reports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.closed_reports (
    id bigint NOT NULL,
    closed_by_email character varying(254) NOT NULL,
    as_of timestamp with time zone NOT NULL,
    first_day character varying(10) NOT NULL,
    last_day character varying(10) NOT NULL,
    zone character varying(64) NOT NULL,
    cut_by character varying(8) NOT NULL,
    count bigint NOT NULL,
    debited bigint NOT NULL,
    figures text NOT NULL
);


--
-- Name: closed_reports_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.closed_reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: closed_reports_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.closed_reports_id_seq OWNED BY public.closed_reports.id;


--
-- Name: drift; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.drift (
    kind character varying(16) NOT NULL,
    value character varying(200) NOT NULL,
    times bigint NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    first_buy_id bigint,
    first_raw text NOT NULL
);


--
-- Name: finding_checks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.finding_checks (
    name character varying(32) NOT NULL,
    checked_until timestamp with time zone NOT NULL,
    ratios text NOT NULL
);


--
-- Name: finding_resolutions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.finding_resolutions (
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    buy_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    action character varying(16) NOT NULL,
    by_email character varying(254) NOT NULL,
    reason text NOT NULL
);


--
-- Name: finding_resolutions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.finding_resolutions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: finding_resolutions_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.finding_resolutions_id_seq OWNED BY public.finding_resolutions.id;


--
-- Name: findings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.findings (
    kind character varying(24) NOT NULL,
    buy_id bigint NOT NULL,
    found_at timestamp with time zone NOT NULL,
    amount bigint NOT NULL,
    other_buy_id bigint,
    holds boolean NOT NULL,
    owner_email character varying(254),
    resolved_at timestamp with time zone,
    resolved_by character varying(254),
    reason text NOT NULL
);


--
-- Name: history_imports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.history_imports (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    start_from text,
    pages integer NOT NULL,
    items integer NOT NULL,
    total_count integer,
    started_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone
);


--
-- Name: history_imports_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.history_imports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: history_imports_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.history_imports_id_seq OWNED BY public.history_imports.id;


--
-- Name: hold_totals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hold_totals (
    starts_at timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    debited bigint NOT NULL,
    price bigint NOT NULL,
    price_missing bigint NOT NULL,
    debited_missing bigint NOT NULL,
    estimates bigint NOT NULL
);


--
-- Name: job_runs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job_runs (
    id bigint NOT NULL,
    job character varying(32) NOT NULL,
    holder character varying(128) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    outcome character varying(16) NOT NULL,
    detail text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    length_us bigint
);


--
-- Name: job_runs_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.job_runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: job_runs_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.job_runs_id_seq OWNED BY public.job_runs.id;


--
-- Name: leases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.leases (
    name character varying(32) NOT NULL,
    holder character varying(128) NOT NULL,
    epoch integer NOT NULL,
    expires_us bigint NOT NULL,
    taken_us bigint NOT NULL
);


--
-- Name: money_totals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.money_totals (
    span character varying(8) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    part character varying(24) NOT NULL,
    count bigint NOT NULL,
    debited bigint NOT NULL,
    price bigint NOT NULL,
    price_missing bigint NOT NULL,
    debited_missing bigint NOT NULL
);


--
-- Name: outcome_totals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcome_totals (
    span character varying(8) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    offer_status character varying(64) NOT NULL,
    error_reason character varying(64) NOT NULL,
    count bigint NOT NULL,
    debited bigint NOT NULL,
    price bigint NOT NULL,
    price_missing bigint NOT NULL,
    debited_missing bigint NOT NULL
);


--
-- Name: purchase_answers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.purchase_answers (
    buy_id bigint NOT NULL,
    raw text NOT NULL,
    oddities text NOT NULL
);


--
-- Name: purchase_notes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.purchase_notes (
    id bigint NOT NULL,
    buy_id bigint NOT NULL,
    author_email character varying(254) NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: purchase_notes_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.purchase_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: purchase_notes_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.purchase_notes_id_seq OWNED BY public.purchase_notes.id;


--
-- Name: purchase_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.purchase_versions (
    buy_id bigint NOT NULL,
    version integer NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    source character varying(32) NOT NULL,
    offer_status character varying(64) NOT NULL,
    error_reason character varying(64),
    in_hold boolean,
    in_hold_until timestamp with time zone,
    balance_debited_sum bigint,
    price bigint,
    part character varying(24) NOT NULL,
    date timestamp with time zone NOT NULL,
    debited_change bigint
);


--
-- Name: purchases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.purchases (
    buy_id bigint NOT NULL,
    custom_id character varying(255),
    steamid character varying(64),
    tradeofferid character varying(64),
    offer_status character varying(64) NOT NULL,
    error_reason character varying(64),
    in_hold boolean,
    in_hold_until timestamp with time zone,
    price bigint,
    balance_debited_sum bigint,
    item_id character varying(64),
    item_name character varying(500),
    classid character varying(64),
    date timestamp with time zone NOT NULL,
    part character varying(24) NOT NULL,
    known_hold_until timestamp with time zone,
    was_on_hold boolean NOT NULL,
    hold_ends_at timestamp with time zone,
    hold_end_is_estimate boolean NOT NULL,
    status_since timestamp with time zone,
    accepted_at timestamp with time zone,
    missing_since timestamp with time zone,
    first_seen_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    due_at timestamp with time zone,
    due_reason character varying(64) NOT NULL,
    urgency integer NOT NULL,
    watched_at timestamp with time zone
);


--
-- Name: pushed_events_minutes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pushed_events_minutes (
    minute timestamp with time zone NOT NULL,
    source character varying(16) NOT NULL,
    event character varying(32) NOT NULL,
    count integer NOT NULL
);


--
-- Name: reconciliation_blocks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reconciliation_blocks (
    reconciliation_id bigint NOT NULL,
    outcome character varying(16) NOT NULL,
    first_place integer NOT NULL,
    rows bytea NOT NULL
);


--
-- Name: reconciliations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reconciliations (
    id bigint NOT NULL,
    file_name character varying(255) NOT NULL,
    made_by_email character varying(254) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    zone character varying(64) NOT NULL,
    since timestamp with time zone,
    until timestamp with time zone,
    period_is_chosen boolean NOT NULL,
    has_amounts boolean NOT NULL,
    sums text NOT NULL,
    completed_at timestamp with time zone
);


--
-- Name: reconciliations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.reconciliations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reconciliations_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.reconciliations_id_seq OWNED BY public.reconciliations.id;


--
-- Name: request_budget; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.request_budget (
    name character varying(32) NOT NULL,
    paused_until_us bigint NOT NULL,
    people_asked_us bigint NOT NULL
);


--
-- Name: request_minutes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.request_minutes (
    minute timestamp with time zone NOT NULL,
    outcome character varying(64) NOT NULL,
    for_people boolean NOT NULL,
    code integer,
    count integer NOT NULL,
    microseconds bigint NOT NULL,
    slowest bigint NOT NULL
);


--
-- Name: request_slots; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.request_slots (
    id bigint NOT NULL,
    at_us bigint NOT NULL,
    for_people boolean NOT NULL
);


--
-- Name: request_slots_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.request_slots_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: request_slots_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.request_slots_id_seq OWNED BY public.request_slots.id;


--
-- Name: sent_reports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sent_reports (
    id bigint NOT NULL,
    month character varying(7) NOT NULL,
    kind character varying(8) NOT NULL,
    zone character varying(64) NOT NULL,
    tries integer NOT NULL,
    claimed_until timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    is_final boolean NOT NULL,
    figures text NOT NULL,
    recipients text NOT NULL,
    problem text NOT NULL
);


--
-- Name: sent_reports_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sent_reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sent_reports_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sent_reports_id_seq OWNED BY public.sent_reports.id;


--
-- Name: set_aside_records; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.set_aside_records (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    buy_id bigint,
    raw text NOT NULL,
    reason text NOT NULL,
    source character varying(32) NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    times integer NOT NULL
);


--
-- Name: set_aside_records_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.set_aside_records_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: set_aside_records_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.set_aside_records_id_seq OWNED BY public.set_aside_records.id;


--
-- Name: sign_in_failures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sign_in_failures (
    id bigint NOT NULL,
    subject character varying(320) NOT NULL,
    failed_at timestamp with time zone NOT NULL
);


--
-- Name: sign_in_failures_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sign_in_failures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sign_in_failures_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sign_in_failures_id_seq OWNED BY public.sign_in_failures.id;


--
-- Name: skinsback_state; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.skinsback_state (
    name character varying(32) NOT NULL,
    last_success_at timestamp with time zone,
    last_failure_at timestamp with time zone,
    failing_since timestamp with time zone,
    failures_in_a_row integer NOT NULL,
    failure_code integer,
    failure_name character varying(64) NOT NULL,
    failure_sentence text NOT NULL,
    is_stopped boolean NOT NULL,
    retry_at timestamp with time zone,
    events_alive_at timestamp with time zone,
    events_problem text NOT NULL
);


--
-- Name: slow_statements; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.slow_statements (
    day timestamp with time zone NOT NULL,
    digest character varying(64) NOT NULL,
    statement text NOT NULL,
    count integer NOT NULL,
    microseconds bigint NOT NULL,
    slowest bigint NOT NULL,
    slowest_at timestamp with time zone NOT NULL
);


--
-- Name: user_sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_sessions (
    token_digest character varying(64) NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    password_hash character varying(255) NOT NULL,
    role character varying(16) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_sign_in_at timestamp with time zone
);


--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: users_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;


--
-- Name: wanted_purchases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.wanted_purchases (
    buy_id bigint NOT NULL,
    wanted_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL
);


--
-- Name: alert_deliveries id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_deliveries ALTER COLUMN id SET DEFAULT nextval('public.alert_deliveries_id_seq'::regclass);


--
-- Name: alert_rules id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_rules ALTER COLUMN id SET DEFAULT nextval('public.alert_rules_id_seq'::regclass);


--
-- Name: alerts id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alerts ALTER COLUMN id SET DEFAULT nextval('public.alerts_id_seq'::regclass);


--
-- Name: balance_readings id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balance_readings ALTER COLUMN id SET DEFAULT nextval('public.balance_readings_id_seq'::regclass);


--
-- Name: closed_reports id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.closed_reports ALTER COLUMN id SET DEFAULT nextval('public.closed_reports_id_seq'::regclass);


--
-- Name: finding_resolutions id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.finding_resolutions ALTER COLUMN id SET DEFAULT nextval('public.finding_resolutions_id_seq'::regclass);


--
-- Name: history_imports id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.history_imports ALTER COLUMN id SET DEFAULT nextval('public.history_imports_id_seq'::regclass);


--
-- Name: job_runs id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_runs ALTER COLUMN id SET DEFAULT nextval('public.job_runs_id_seq'::regclass);


--
-- Name: purchase_notes id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_notes ALTER COLUMN id SET DEFAULT nextval('public.purchase_notes_id_seq'::regclass);


--
-- Name: reconciliations id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reconciliations ALTER COLUMN id SET DEFAULT nextval('public.reconciliations_id_seq'::regclass);


--
-- Name: request_slots id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.request_slots ALTER COLUMN id SET DEFAULT nextval('public.request_slots_id_seq'::regclass);


--
-- Name: sent_reports id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sent_reports ALTER COLUMN id SET DEFAULT nextval('public.sent_reports_id_seq'::regclass);


--
-- Name: set_aside_records id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.set_aside_records ALTER COLUMN id SET DEFAULT nextval('public.set_aside_records_id_seq'::regclass);


--
-- Name: sign_in_failures id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sign_in_failures ALTER COLUMN id SET DEFAULT nextval('public.sign_in_failures_id_seq'::regclass);


--
-- Name: users id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES
	('0010_six_hours');


--
-- Data for Name: alert_deliveries; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alert_deliveries VALUES
	(1, 1, 'mail:anna@shop.example', 'opened', 1, NULL, '2026-11-28 15:01:48.432586+00', '');


--
-- Data for Name: alert_rules; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alert_rules VALUES
	(1, 'skinsback-failures', 'failure_rate', 'SkinsBack cannot make trades', '{"side": "skinsback", "window_minutes": 15, "least_failed": 8, "percent": 25, "times_normal": 3, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(2, 'sold-out', 'failure_rate', 'Skins are sold out everywhere', '{"side": "sold_out", "window_minutes": 60, "least_failed": 20, "percent": 50, "times_normal": 3, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(3, 'customer-failures', 'failure_rate', 'Customers'' accounts or offers fail', '{"side": "customer", "window_minutes": 60, "least_failed": 20, "percent": 50, "times_normal": 2, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(4, 'item-failing', 'item_failing', 'One item cannot be delivered', '{"window_minutes": 360, "least_customers": 15, "quiet_minutes": 30}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(5, 'user-reversals', 'user_reversals', 'One user reverses many trades', '{"window_hours": 24, "least_reversals": 5, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(6, 'stuck', 'stuck', 'Purchases hang at SkinsBack', '{"minutes": 15, "least_purchases": 5, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(7, 'unknown-values', 'unknown_values', 'SkinsBack sends something unknown', '{"window_hours": 24, "least_answers": 1, "quiet_minutes": 60}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(8, 'refresh-stopped', 'refresh_stopped', 'Statuses are not being refreshed', '{"minutes": 2, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(9, 'balance-low', 'balance_low', 'The balance runs low', '{"dollars": 500, "quiet_minutes": 30}', true, NULL, '', '2026-11-28 15:01:48.432586+00', ''),
	(10, 'api-errors', 'api_errors', 'SkinsBack does not answer', '{"minutes": 2, "quiet_minutes": 10}', true, NULL, '', '2026-11-28 15:01:48.432586+00', '');


--
-- Data for Name: alerts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alerts VALUES
	(1, 4, 'Taunt', NULL, 'Taunt failed for 15 customers in a row.', '{}', '[9]', '/purchases?q=Taunt', '', '2026-11-27 15:01:48.432586+00', '2026-11-28 15:01:48.432586+00', NULL, '2026-11-28 15:01:48.432586+00', 'quiet', NULL, '', false);


--
-- Data for Name: balance_readings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.balance_readings VALUES
	(1, '2026-11-28 15:01:49.25636+00', 6723350000, 'schedule'),
	(2, '2026-11-26 15:01:48.432586+00', 812345000, 'event');


--
-- Data for Name: closed_reports; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.closed_reports VALUES
	(1, 'anna@shop.example', '2026-11-28 15:01:49.517523+00', '2026-10-10', '2026-11-08', 'Europe/Berlin', 'week', 35, 848514000, '{"rows": [{"starts": "2026-10-05", "first": "2026-10-10", "last": "2026-10-11", "parts": {"final": {"count": 2, "debited": "4.119", "price": "3.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-10-12", "first": "2026-10-12", "last": "2026-10-18", "parts": {"failed": {"count": 3, "debited": "16.476", "price": "12.00", "price_missing": 0, "debited_missing": 0}, "final": {"count": 1, "debited": "15.103", "price": "0.00", "price_missing": 1, "debited_missing": 0}, "open": {"count": 1, "debited": "10.984", "price": "8.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_supplier": {"count": 1, "debited": "9.611", "price": "7.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_user": {"count": 1, "debited": "8.238", "price": "6.00", "price_missing": 0, "debited_missing": 0}, "unknown": {"count": 1, "debited": "13.73", "price": "10.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-10-19", "first": "2026-10-19", "last": "2026-10-25", "parts": {"failed": {"count": 3, "debited": "61.785", "price": "45.00", "price_missing": 0, "debited_missing": 0}, "final": {"count": 1, "debited": "0.00", "price": "13.00", "price_missing": 0, "debited_missing": 1}, "open": {"count": 1, "debited": "26.087", "price": "19.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_supplier": {"count": 1, "debited": "24.714", "price": "18.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_user": {"count": 1, "debited": "23.341", "price": "17.00", "price_missing": 0, "debited_missing": 0}, "reversible": {"count": 1, "debited": "16.476", "price": "12.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-10-26", "first": "2026-10-26", "last": "2026-11-01", "parts": {"failed": {"count": 3, "debited": "71.396", "price": "78.00", "price_missing": 0, "debited_missing": 1}, "final": {"count": 2, "debited": "61.785", "price": "23.00", "price_missing": 1, "debited_missing": 0}, "open": {"count": 1, "debited": "27.46", "price": "20.00", "price_missing": 0, "debited_missing": 0}, "reversible": {"count": 1, "debited": "32.952", "price": "24.00", "price_missing": 0, "debited_missing": 0}, "unknown": {"count": 1, "debited": "28.833", "price": "21.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-11-02", "first": "2026-11-02", "last": "2026-11-08", "parts": {"failed": {"count": 1, "debited": "49.428", "price": "36.00", "price_missing": 0, "debited_missing": 0}, "final": {"count": 3, "debited": "140.046", "price": "69.00", "price_missing": 1, "debited_missing": 0}, "open": {"count": 2, "debited": "83.753", "price": "61.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_supplier": {"count": 1, "debited": "39.817", "price": "29.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_user": {"count": 1, "debited": "38.444", "price": "28.00", "price_missing": 0, "debited_missing": 0}, "unknown": {"count": 1, "debited": "43.936", "price": "32.00", "price_missing": 0, "debited_missing": 0}}}], "before": {}}');


--
-- Data for Name: drift; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.drift VALUES
	('status', 'held_by_moon', 5, '2026-10-17 23:41:48.432586+00', '2026-11-23 16:25:48.432586+00', 10, '{"buy_id": 10, "offer_status": "held_by_moon"}');


--
-- Data for Name: finding_checks; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.finding_checks VALUES
	('findings', '2026-11-28 15:01:49.431425+00', '{"tolerance": "1.00", "ratios": [{"ratio": "1.373", "count": 51, "debited": "2148.745", "price": "1565.00"}]}');


--
-- Data for Name: finding_resolutions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.finding_resolutions VALUES
	(1, 'delivered_free', 13, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(2, 'failed_debited', 3, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(3, 'failed_debited', 4, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(4, 'failed_debited', 5, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(5, 'failed_debited', 9, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(6, 'failed_debited', 14, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(7, 'failed_debited', 15, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(8, 'failed_debited', 16, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(9, 'failed_debited', 25, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(10, 'failed_debited', 27, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(11, 'failed_debited', 36, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(12, 'failed_debited', 37, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(13, 'failed_debited', 38, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(14, 'failed_debited', 47, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(15, 'failed_debited', 48, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(16, 'failed_debited', 49, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(17, 'failed_debited', 58, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(18, 'failed_debited', 59, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(19, 'failed_debited', 60, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(20, 'no_custom_id', 9, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(21, 'no_custom_id', 27, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(22, 'no_custom_id', 36, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(23, 'no_custom_id', 45, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(24, 'no_custom_id', 54, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(25, 'off_price', 9, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(26, 'reversed_by_supplier', 7, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(27, 'reversed_by_supplier', 18, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(28, 'reversed_by_supplier', 29, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(29, 'reversed_by_supplier', 40, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(30, 'reversed_by_supplier', 51, '2026-11-28 15:01:49.486849+00', 'found', 'the dashboard', ''),
	(31, 'delivered_free', 13, '2026-11-28 15:01:49.507897+00', 'owned', 'anna@shop.example', ''),
	(32, 'delivered_free', 13, '2026-11-28 15:01:49.5154+00', 'resolved', 'anna@shop.example', 'Asked SkinsBack.');


--
-- Data for Name: findings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.findings VALUES
	('failed_debited', 3, '2026-11-28 15:01:49.486849+00', 4119000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 4, '2026-11-28 15:01:49.486849+00', 5492000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 5, '2026-11-28 15:01:49.486849+00', 6865000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 9, '2026-11-28 15:01:49.486849+00', 11730000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 14, '2026-11-28 15:01:49.486849+00', 19222000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 15, '2026-11-28 15:01:49.486849+00', 20595000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 16, '2026-11-28 15:01:49.486849+00', 21968000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 25, '2026-11-28 15:01:49.486849+00', 34325000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 27, '2026-11-28 15:01:49.486849+00', 37071000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 36, '2026-11-28 15:01:49.486849+00', 49428000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 37, '2026-11-28 15:01:49.486849+00', 50801000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 38, '2026-11-28 15:01:49.486849+00', 52174000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 47, '2026-11-28 15:01:49.486849+00', 64531000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 48, '2026-11-28 15:01:49.486849+00', 65904000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 49, '2026-11-28 15:01:49.486849+00', 67277000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 58, '2026-11-28 15:01:49.486849+00', 79634000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 59, '2026-11-28 15:01:49.486849+00', 81007000, NULL, true, NULL, NULL, NULL, ''),
	('failed_debited', 60, '2026-11-28 15:01:49.486849+00', 82380000, NULL, true, NULL, NULL, NULL, ''),
	('no_custom_id', 9, '2026-11-28 15:01:49.486849+00', 11730000, NULL, true, NULL, NULL, NULL, ''),
	('no_custom_id', 27, '2026-11-28 15:01:49.486849+00', 37071000, NULL, true, NULL, NULL, NULL, ''),
	('no_custom_id', 36, '2026-11-28 15:01:49.486849+00', 49428000, NULL, true, NULL, NULL, NULL, ''),
	('no_custom_id', 45, '2026-11-28 15:01:49.486849+00', 61785000, NULL, true, NULL, NULL, NULL, ''),
	('no_custom_id', 54, '2026-11-28 15:01:49.486849+00', 74142000, NULL, true, NULL, NULL, NULL, ''),
	('off_price', 9, '2026-11-28 15:01:49.486849+00', 11570000, NULL, true, NULL, NULL, NULL, ''),
	('reversed_by_supplier', 7, '2026-11-28 15:01:49.486849+00', 9611000, NULL, true, NULL, NULL, NULL, ''),
	('reversed_by_supplier', 18, '2026-11-28 15:01:49.486849+00', 24714000, NULL, true, NULL, NULL, NULL, ''),
	('reversed_by_supplier', 29, '2026-11-28 15:01:49.486849+00', 39817000, NULL, true, NULL, NULL, NULL, ''),
	('reversed_by_supplier', 40, '2026-11-28 15:01:49.486849+00', 54920000, NULL, true, NULL, NULL, NULL, ''),
	('reversed_by_supplier', 51, '2026-11-28 15:01:49.486849+00', 70023000, NULL, true, NULL, NULL, NULL, ''),
	('delivered_free', 13, '2026-11-28 15:01:49.486849+00', 13000000, NULL, true, 'anna@shop.example', '2026-11-28 15:01:49.510204+00', 'anna@shop.example', 'Asked SkinsBack.');


--
-- Data for Name: history_imports; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.history_imports VALUES
	(1, '1996-12-05 15:01:48.432586+00', '2026-11-28 15:01:48.432586+00', NULL, 1, 1, 1, '2026-11-28 15:01:49.104701+00', '2026-11-28 15:01:49.150557+00', '2026-11-28 15:01:49.150557+00');


--
-- Data for Name: hold_totals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hold_totals VALUES
	('2026-10-27 15:00:00+00', 1, 16476000, 12000000, 0, 0, 1),
	('2026-11-06 15:15:00+00', 1, 32952000, 24000000, 0, 0, 0),
	('2026-11-23 07:45:00+00', 1, 60412000, 0, 1, 0, 1),
	('2026-12-03 07:45:00+00', 1, 76888000, 56000000, 0, 0, 0);


--
-- Data for Name: job_runs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.job_runs VALUES
	(1, 'refresh', 'before:1', '2026-11-28 15:01:48.432586+00', '2026-11-28 15:01:50.257572+00', 'done', '60 asked', '2026-11-28 15:01:50.257572+00', 1824986);


--
-- Data for Name: leases; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.leases VALUES
	('jobs', 'before:1', 1, 1795878129097653, 1795878109097653);


--
-- Data for Name: money_totals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.money_totals VALUES
	('6 hours', '2026-10-10 06:00:00+00', 'final', 1, 1373000, 1000000, 0, 0),
	('day', '2026-10-10 00:00:00+00', 'final', 1, 1373000, 1000000, 0, 0),
	('hour', '2026-10-10 11:00:00+00', 'final', 1, 1373000, 1000000, 0, 0),
	('quarter', '2026-10-10 11:00:00+00', 'final', 1, 1373000, 1000000, 0, 0),
	('6 hours', '2026-10-11 06:00:00+00', 'final', 1, 2746000, 2000000, 0, 0),
	('day', '2026-10-11 00:00:00+00', 'final', 1, 2746000, 2000000, 0, 0),
	('hour', '2026-10-11 07:00:00+00', 'final', 1, 2746000, 2000000, 0, 0),
	('6 hours', '2026-10-23 18:00:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-10-11 07:00:00+00', 'final', 1, 2746000, 2000000, 0, 0),
	('6 hours', '2026-10-12 00:00:00+00', 'failed', 1, 4119000, 3000000, 0, 0),
	('hour', '2026-10-12 03:00:00+00', 'failed', 1, 4119000, 3000000, 0, 0),
	('quarter', '2026-10-12 03:00:00+00', 'failed', 1, 4119000, 3000000, 0, 0),
	('6 hours', '2026-10-12 18:00:00+00', 'failed', 1, 5492000, 4000000, 0, 0),
	('day', '2026-10-12 00:00:00+00', 'failed', 2, 9611000, 7000000, 0, 0),
	('hour', '2026-10-12 23:00:00+00', 'failed', 1, 5492000, 4000000, 0, 0),
	('quarter', '2026-10-20 11:00:00+00', 'final', 1, 0, 13000000, 0, 1),
	('quarter', '2026-10-12 23:00:00+00', 'failed', 1, 5492000, 4000000, 0, 0),
	('6 hours', '2026-10-13 18:00:00+00', 'failed', 1, 6865000, 5000000, 0, 0),
	('day', '2026-10-13 00:00:00+00', 'failed', 1, 6865000, 5000000, 0, 0),
	('hour', '2026-10-13 19:00:00+00', 'failed', 1, 6865000, 5000000, 0, 0),
	('day', '2026-10-22 00:00:00+00', 'failed', 2, 42563000, 31000000, 0, 0),
	('quarter', '2026-10-13 19:00:00+00', 'failed', 1, 6865000, 5000000, 0, 0),
	('6 hours', '2026-10-21 06:00:00+00', 'failed', 1, 19222000, 14000000, 0, 0),
	('6 hours', '2026-10-14 12:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-14 12:00:00+00', 'reversed_by_user', 1, 8238000, 6000000, 0, 0),
	('day', '2026-10-14 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-10-14 00:00:00+00', 'reversed_by_user', 1, 8238000, 6000000, 0, 0),
	('hour', '2026-10-14 15:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-10-14 15:00:00+00', 'reversed_by_user', 1, 8238000, 6000000, 0, 0),
	('day', '2026-10-21 00:00:00+00', 'failed', 1, 19222000, 14000000, 0, 0),
	('quarter', '2026-10-14 15:00:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-10-14 15:00:00+00', 'reversed_by_user', 1, 8238000, 6000000, 0, 0),
	('hour', '2026-10-21 07:00:00+00', 'failed', 1, 19222000, 14000000, 0, 0),
	('6 hours', '2026-10-15 06:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-15 06:00:00+00', 'reversed_by_supplier', 1, 9611000, 7000000, 0, 0),
	('day', '2026-10-15 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-10-15 00:00:00+00', 'reversed_by_supplier', 1, 9611000, 7000000, 0, 0),
	('hour', '2026-10-15 11:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-10-15 11:00:00+00', 'reversed_by_supplier', 1, 9611000, 7000000, 0, 0),
	('hour', '2026-10-22 23:00:00+00', 'failed', 1, 21968000, 16000000, 0, 0),
	('quarter', '2026-10-15 11:00:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-10-15 11:00:00+00', 'reversed_by_supplier', 1, 9611000, 7000000, 0, 0),
	('6 hours', '2026-10-16 06:00:00+00', 'open', 1, 10984000, 8000000, 0, 0),
	('day', '2026-10-16 00:00:00+00', 'open', 1, 10984000, 8000000, 0, 0),
	('hour', '2026-10-16 07:00:00+00', 'open', 1, 10984000, 8000000, 0, 0),
	('quarter', '2026-10-16 07:00:00+00', 'open', 1, 10984000, 8000000, 0, 0),
	('6 hours', '2026-10-17 18:00:00+00', 'unknown', 1, 13730000, 10000000, 0, 0),
	('day', '2026-10-17 00:00:00+00', 'unknown', 1, 13730000, 10000000, 0, 0),
	('hour', '2026-10-17 23:00:00+00', 'unknown', 1, 13730000, 10000000, 0, 0),
	('quarter', '2026-10-17 23:00:00+00', 'unknown', 1, 13730000, 10000000, 0, 0);
INSERT INTO public.money_totals VALUES
	('6 hours', '2026-10-18 18:00:00+00', 'final', 1, 15103000, 0, 1, 0),
	('day', '2026-10-18 00:00:00+00', 'final', 1, 15103000, 0, 1, 0),
	('hour', '2026-10-18 19:00:00+00', 'final', 1, 15103000, 0, 1, 0),
	('month', '2026-10-01 00:00:00+00', 'failed', 8, 112586000, 108000000, 0, 1),
	('quarter', '2026-10-18 19:00:00+00', 'final', 1, 15103000, 0, 1, 0),
	('6 hours', '2026-10-19 12:00:00+00', 'reversible', 1, 16476000, 12000000, 0, 0),
	('day', '2026-10-19 00:00:00+00', 'reversible', 1, 16476000, 12000000, 0, 0),
	('hour', '2026-10-19 15:00:00+00', 'reversible', 1, 16476000, 12000000, 0, 0),
	('quarter', '2026-10-19 15:00:00+00', 'reversible', 1, 16476000, 12000000, 0, 0),
	('6 hours', '2026-10-20 06:00:00+00', 'final', 1, 0, 13000000, 0, 1),
	('day', '2026-10-20 00:00:00+00', 'final', 1, 0, 13000000, 0, 1),
	('hour', '2026-10-20 11:00:00+00', 'final', 1, 0, 13000000, 0, 1),
	('quarter', '2026-10-21 07:15:00+00', 'failed', 1, 19222000, 14000000, 0, 0),
	('6 hours', '2026-10-22 00:00:00+00', 'failed', 1, 20595000, 15000000, 0, 0),
	('hour', '2026-10-22 03:00:00+00', 'failed', 1, 20595000, 15000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'reversed_by_supplier', 2, 34325000, 25000000, 0, 0),
	('quarter', '2026-10-22 03:15:00+00', 'failed', 1, 20595000, 15000000, 0, 0),
	('6 hours', '2026-10-22 18:00:00+00', 'failed', 1, 21968000, 16000000, 0, 0),
	('quarter', '2026-10-22 23:15:00+00', 'failed', 1, 21968000, 16000000, 0, 0),
	('6 hours', '2026-10-23 18:00:00+00', 'reversed_by_user', 1, 23341000, 17000000, 0, 0),
	('day', '2026-10-23 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-10-23 00:00:00+00', 'reversed_by_user', 1, 23341000, 17000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'unknown', 2, 42563000, 31000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'reversible', 2, 49428000, 36000000, 0, 0),
	('6 hours', '2026-10-17 00:00:00+00', 'open', 0, 0, 0, 0, 0),
	('day', '2026-10-17 00:00:00+00', 'open', 0, 0, 0, 0, 0),
	('hour', '2026-10-17 03:00:00+00', 'open', 0, 0, 0, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'open', 3, 64531000, 47000000, 0, 0),
	('quarter', '2026-10-17 03:00:00+00', 'open', 0, 0, 0, 0, 0),
	('hour', '2026-10-23 19:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-10-23 19:00:00+00', 'reversed_by_user', 1, 23341000, 17000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'reversed_by_user', 2, 31579000, 23000000, 0, 0),
	('quarter', '2026-10-23 19:15:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-10-23 19:15:00+00', 'reversed_by_user', 1, 23341000, 17000000, 0, 0),
	('6 hours', '2026-11-02 18:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-24 12:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-24 12:00:00+00', 'reversed_by_supplier', 1, 24714000, 18000000, 0, 0),
	('day', '2026-10-24 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-10-24 00:00:00+00', 'reversed_by_supplier', 1, 24714000, 18000000, 0, 0),
	('hour', '2026-10-24 15:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-10-24 15:00:00+00', 'reversed_by_supplier', 1, 24714000, 18000000, 0, 0),
	('6 hours', '2026-11-02 18:00:00+00', 'reversed_by_supplier', 1, 39817000, 29000000, 0, 0),
	('quarter', '2026-10-24 15:15:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-10-24 15:15:00+00', 'reversed_by_supplier', 1, 24714000, 18000000, 0, 0),
	('6 hours', '2026-10-25 06:00:00+00', 'open', 1, 26087000, 19000000, 0, 0),
	('day', '2026-10-25 00:00:00+00', 'open', 1, 26087000, 19000000, 0, 0),
	('hour', '2026-10-25 11:00:00+00', 'open', 1, 26087000, 19000000, 0, 0),
	('quarter', '2026-10-25 11:15:00+00', 'open', 1, 26087000, 19000000, 0, 0),
	('6 hours', '2026-10-26 06:00:00+00', 'open', 1, 27460000, 20000000, 0, 0),
	('day', '2026-10-26 00:00:00+00', 'open', 1, 27460000, 20000000, 0, 0);
INSERT INTO public.money_totals VALUES
	('hour', '2026-10-26 07:00:00+00', 'open', 1, 27460000, 20000000, 0, 0),
	('quarter', '2026-10-26 07:15:00+00', 'open', 1, 27460000, 20000000, 0, 0),
	('6 hours', '2026-10-27 00:00:00+00', 'unknown', 1, 28833000, 21000000, 0, 0),
	('day', '2026-10-27 00:00:00+00', 'unknown', 1, 28833000, 21000000, 0, 0),
	('hour', '2026-10-27 03:00:00+00', 'unknown', 1, 28833000, 21000000, 0, 0),
	('quarter', '2026-10-27 03:15:00+00', 'unknown', 1, 28833000, 21000000, 0, 0),
	('6 hours', '2026-10-27 18:00:00+00', 'final', 1, 30206000, 0, 1, 0),
	('day', '2026-10-27 00:00:00+00', 'final', 1, 30206000, 0, 1, 0),
	('hour', '2026-10-27 23:00:00+00', 'final', 1, 30206000, 0, 1, 0),
	('day', '2026-11-02 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-10-27 23:15:00+00', 'final', 1, 30206000, 0, 1, 0),
	('6 hours', '2026-10-28 18:00:00+00', 'final', 1, 31579000, 23000000, 0, 0),
	('day', '2026-10-28 00:00:00+00', 'final', 1, 31579000, 23000000, 0, 0),
	('hour', '2026-10-28 19:00:00+00', 'final', 1, 31579000, 23000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'final', 6, 81007000, 39000000, 2, 1),
	('quarter', '2026-10-28 19:15:00+00', 'final', 1, 31579000, 23000000, 0, 0),
	('6 hours', '2026-10-29 12:00:00+00', 'reversible', 1, 32952000, 24000000, 0, 0),
	('day', '2026-10-29 00:00:00+00', 'reversible', 1, 32952000, 24000000, 0, 0),
	('hour', '2026-10-29 15:00:00+00', 'reversible', 1, 32952000, 24000000, 0, 0),
	('quarter', '2026-10-29 15:15:00+00', 'reversible', 1, 32952000, 24000000, 0, 0),
	('6 hours', '2026-10-30 06:00:00+00', 'failed', 1, 34325000, 25000000, 0, 0),
	('day', '2026-10-30 00:00:00+00', 'failed', 1, 34325000, 25000000, 0, 0),
	('hour', '2026-10-30 11:00:00+00', 'failed', 1, 34325000, 25000000, 0, 0),
	('quarter', '2026-10-30 11:15:00+00', 'failed', 1, 34325000, 25000000, 0, 0),
	('6 hours', '2026-10-31 06:00:00+00', 'failed', 1, 0, 26000000, 0, 1),
	('day', '2026-10-31 00:00:00+00', 'failed', 1, 0, 26000000, 0, 1),
	('hour', '2026-10-31 07:00:00+00', 'failed', 1, 0, 26000000, 0, 1),
	('quarter', '2026-10-31 07:15:00+00', 'failed', 1, 0, 26000000, 0, 1),
	('6 hours', '2026-11-01 00:00:00+00', 'failed', 1, 37071000, 27000000, 0, 0),
	('day', '2026-11-01 00:00:00+00', 'failed', 1, 37071000, 27000000, 0, 0),
	('hour', '2026-11-01 03:00:00+00', 'failed', 1, 37071000, 27000000, 0, 0),
	('quarter', '2026-11-01 03:15:00+00', 'failed', 1, 37071000, 27000000, 0, 0),
	('6 hours', '2026-11-01 18:00:00+00', 'reversed_by_user', 1, 38444000, 28000000, 0, 0),
	('6 hours', '2026-11-01 18:00:00+00', 'reversible', 0, 0, 0, 0, 0),
	('day', '2026-11-01 00:00:00+00', 'reversed_by_user', 1, 38444000, 28000000, 0, 0),
	('day', '2026-11-01 00:00:00+00', 'reversible', 0, 0, 0, 0, 0),
	('hour', '2026-11-01 23:00:00+00', 'reversed_by_user', 1, 38444000, 28000000, 0, 0),
	('hour', '2026-11-01 23:00:00+00', 'reversible', 0, 0, 0, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'failed', 10, 630207000, 459000000, 0, 0),
	('quarter', '2026-11-01 23:15:00+00', 'reversed_by_user', 1, 38444000, 28000000, 0, 0),
	('quarter', '2026-11-01 23:15:00+00', 'reversible', 0, 0, 0, 0, 0),
	('day', '2026-11-02 00:00:00+00', 'reversed_by_supplier', 1, 39817000, 29000000, 0, 0),
	('hour', '2026-11-02 19:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-11-02 19:00:00+00', 'reversed_by_supplier', 1, 39817000, 29000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'open', 6, 270481000, 249000000, 0, 1),
	('quarter', '2026-11-02 19:30:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-11-02 19:30:00+00', 'reversed_by_supplier', 1, 39817000, 29000000, 0, 0),
	('6 hours', '2026-11-03 12:00:00+00', 'open', 1, 41190000, 30000000, 0, 0),
	('day', '2026-11-03 00:00:00+00', 'open', 1, 41190000, 30000000, 0, 0),
	('hour', '2026-11-03 15:00:00+00', 'open', 1, 41190000, 30000000, 0, 0);
INSERT INTO public.money_totals VALUES
	('quarter', '2026-11-03 15:30:00+00', 'open', 1, 41190000, 30000000, 0, 0),
	('6 hours', '2026-11-04 06:00:00+00', 'open', 1, 42563000, 31000000, 0, 0),
	('day', '2026-11-04 00:00:00+00', 'open', 1, 42563000, 31000000, 0, 0),
	('hour', '2026-11-04 11:00:00+00', 'open', 1, 42563000, 31000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'reversible', 2, 137300000, 56000000, 1, 0),
	('quarter', '2026-11-04 11:30:00+00', 'open', 1, 42563000, 31000000, 0, 0),
	('6 hours', '2026-11-05 06:00:00+00', 'unknown', 1, 43936000, 32000000, 0, 0),
	('day', '2026-11-05 00:00:00+00', 'unknown', 1, 43936000, 32000000, 0, 0),
	('hour', '2026-11-05 07:00:00+00', 'unknown', 1, 43936000, 32000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'final', 7, 418765000, 217000000, 2, 0),
	('month', '2026-11-01 00:00:00+00', 'reversed_by_supplier', 3, 164760000, 120000000, 0, 0),
	('quarter', '2026-11-05 07:30:00+00', 'unknown', 1, 43936000, 32000000, 0, 0),
	('6 hours', '2026-11-06 00:00:00+00', 'final', 1, 45309000, 0, 1, 0),
	('hour', '2026-11-06 03:00:00+00', 'final', 1, 45309000, 0, 1, 0),
	('quarter', '2026-11-06 03:30:00+00', 'final', 1, 45309000, 0, 1, 0),
	('6 hours', '2026-11-06 18:00:00+00', 'final', 1, 46682000, 34000000, 0, 0),
	('day', '2026-11-06 00:00:00+00', 'final', 2, 91991000, 34000000, 1, 0),
	('hour', '2026-11-06 23:00:00+00', 'final', 1, 46682000, 34000000, 0, 0),
	('quarter', '2026-11-06 23:30:00+00', 'final', 1, 46682000, 34000000, 0, 0),
	('6 hours', '2026-11-07 18:00:00+00', 'final', 1, 48055000, 35000000, 0, 0),
	('day', '2026-11-07 00:00:00+00', 'final', 1, 48055000, 35000000, 0, 0),
	('hour', '2026-11-07 19:00:00+00', 'final', 1, 48055000, 35000000, 0, 0),
	('quarter', '2026-11-07 19:30:00+00', 'final', 1, 48055000, 35000000, 0, 0),
	('6 hours', '2026-11-08 12:00:00+00', 'failed', 1, 49428000, 36000000, 0, 0),
	('day', '2026-11-08 00:00:00+00', 'failed', 1, 49428000, 36000000, 0, 0),
	('hour', '2026-11-08 15:00:00+00', 'failed', 1, 49428000, 36000000, 0, 0),
	('quarter', '2026-11-08 15:30:00+00', 'failed', 1, 49428000, 36000000, 0, 0),
	('6 hours', '2026-11-09 06:00:00+00', 'failed', 1, 50801000, 37000000, 0, 0),
	('day', '2026-11-09 00:00:00+00', 'failed', 1, 50801000, 37000000, 0, 0),
	('hour', '2026-11-09 11:00:00+00', 'failed', 1, 50801000, 37000000, 0, 0),
	('quarter', '2026-11-09 11:30:00+00', 'failed', 1, 50801000, 37000000, 0, 0),
	('6 hours', '2026-11-10 06:00:00+00', 'failed', 1, 52174000, 38000000, 0, 0),
	('day', '2026-11-10 00:00:00+00', 'failed', 1, 52174000, 38000000, 0, 0),
	('hour', '2026-11-10 07:00:00+00', 'failed', 1, 52174000, 38000000, 0, 0),
	('quarter', '2026-11-10 07:30:00+00', 'failed', 1, 52174000, 38000000, 0, 0),
	('6 hours', '2026-11-11 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-11 00:00:00+00', 'reversed_by_user', 1, 53547000, 39000000, 0, 0),
	('day', '2026-11-11 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-11-11 00:00:00+00', 'reversed_by_user', 1, 53547000, 39000000, 0, 0),
	('hour', '2026-11-11 03:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-11-11 03:00:00+00', 'reversed_by_user', 1, 53547000, 39000000, 0, 0),
	('quarter', '2026-11-11 03:30:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-11-11 03:30:00+00', 'reversed_by_user', 1, 53547000, 39000000, 0, 0),
	('6 hours', '2026-11-11 18:00:00+00', 'reversed_by_supplier', 1, 54920000, 40000000, 0, 0),
	('6 hours', '2026-11-11 18:00:00+00', 'reversible', 0, 0, 0, 0, 0),
	('day', '2026-11-11 00:00:00+00', 'reversed_by_supplier', 1, 54920000, 40000000, 0, 0),
	('day', '2026-11-11 00:00:00+00', 'reversible', 0, 0, 0, 0, 0),
	('hour', '2026-11-11 23:00:00+00', 'reversed_by_supplier', 1, 54920000, 40000000, 0, 0),
	('hour', '2026-11-11 23:00:00+00', 'reversible', 0, 0, 0, 0, 0),
	('quarter', '2026-11-11 23:30:00+00', 'reversed_by_supplier', 1, 54920000, 40000000, 0, 0);
INSERT INTO public.money_totals VALUES
	('quarter', '2026-11-11 23:30:00+00', 'reversible', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-12 18:00:00+00', 'open', 1, 56293000, 41000000, 0, 0),
	('day', '2026-11-12 00:00:00+00', 'open', 1, 56293000, 41000000, 0, 0),
	('hour', '2026-11-12 19:00:00+00', 'open', 1, 56293000, 41000000, 0, 0),
	('quarter', '2026-11-12 19:30:00+00', 'open', 1, 56293000, 41000000, 0, 0),
	('6 hours', '2026-11-13 12:00:00+00', 'open', 1, 57666000, 42000000, 0, 0),
	('day', '2026-11-13 00:00:00+00', 'open', 1, 57666000, 42000000, 0, 0),
	('hour', '2026-11-13 15:00:00+00', 'open', 1, 57666000, 42000000, 0, 0),
	('quarter', '2026-11-13 15:30:00+00', 'open', 1, 57666000, 42000000, 0, 0),
	('6 hours', '2026-11-14 06:00:00+00', 'unknown', 1, 59039000, 43000000, 0, 0),
	('day', '2026-11-14 00:00:00+00', 'unknown', 1, 59039000, 43000000, 0, 0),
	('hour', '2026-11-14 11:00:00+00', 'unknown', 1, 59039000, 43000000, 0, 0),
	('quarter', '2026-11-14 11:30:00+00', 'unknown', 1, 59039000, 43000000, 0, 0),
	('6 hours', '2026-11-15 06:00:00+00', 'reversible', 1, 60412000, 0, 1, 0),
	('day', '2026-11-15 00:00:00+00', 'reversible', 1, 60412000, 0, 1, 0),
	('hour', '2026-11-15 07:00:00+00', 'reversible', 1, 60412000, 0, 1, 0),
	('quarter', '2026-11-15 07:45:00+00', 'reversible', 1, 60412000, 0, 1, 0),
	('6 hours', '2026-11-16 00:00:00+00', 'final', 1, 61785000, 45000000, 0, 0),
	('hour', '2026-11-16 03:00:00+00', 'final', 1, 61785000, 45000000, 0, 0),
	('quarter', '2026-11-16 03:45:00+00', 'final', 1, 61785000, 45000000, 0, 0),
	('6 hours', '2026-11-16 18:00:00+00', 'final', 1, 63158000, 46000000, 0, 0),
	('day', '2026-11-16 00:00:00+00', 'final', 2, 124943000, 91000000, 0, 0),
	('hour', '2026-11-16 23:00:00+00', 'final', 1, 63158000, 46000000, 0, 0),
	('quarter', '2026-11-16 23:45:00+00', 'final', 1, 63158000, 46000000, 0, 0),
	('6 hours', '2026-11-17 18:00:00+00', 'failed', 1, 64531000, 47000000, 0, 0),
	('day', '2026-11-17 00:00:00+00', 'failed', 1, 64531000, 47000000, 0, 0),
	('hour', '2026-11-17 19:00:00+00', 'failed', 1, 64531000, 47000000, 0, 0),
	('quarter', '2026-11-17 19:45:00+00', 'failed', 1, 64531000, 47000000, 0, 0),
	('6 hours', '2026-11-18 12:00:00+00', 'failed', 1, 65904000, 48000000, 0, 0),
	('day', '2026-11-18 00:00:00+00', 'failed', 1, 65904000, 48000000, 0, 0),
	('hour', '2026-11-18 15:00:00+00', 'failed', 1, 65904000, 48000000, 0, 0),
	('quarter', '2026-11-18 15:45:00+00', 'failed', 1, 65904000, 48000000, 0, 0),
	('6 hours', '2026-11-19 06:00:00+00', 'failed', 1, 67277000, 49000000, 0, 0),
	('day', '2026-11-19 00:00:00+00', 'failed', 1, 67277000, 49000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'reversed_by_user', 3, 160641000, 117000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'unknown', 3, 177117000, 129000000, 0, 0),
	('hour', '2026-11-19 11:00:00+00', 'failed', 1, 67277000, 49000000, 0, 0),
	('quarter', '2026-11-19 11:45:00+00', 'failed', 1, 67277000, 49000000, 0, 0),
	('6 hours', '2026-11-20 06:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-20 06:00:00+00', 'reversed_by_user', 1, 68650000, 50000000, 0, 0),
	('day', '2026-11-20 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-11-20 00:00:00+00', 'reversed_by_user', 1, 68650000, 50000000, 0, 0),
	('hour', '2026-11-20 07:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-11-20 07:00:00+00', 'reversed_by_user', 1, 68650000, 50000000, 0, 0),
	('quarter', '2026-11-20 07:45:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-11-20 07:45:00+00', 'reversed_by_user', 1, 68650000, 50000000, 0, 0),
	('6 hours', '2026-11-21 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-21 00:00:00+00', 'reversed_by_supplier', 1, 70023000, 51000000, 0, 0),
	('day', '2026-11-21 00:00:00+00', 'final', 0, 0, 0, 0, 0),
	('day', '2026-11-21 00:00:00+00', 'reversed_by_supplier', 1, 70023000, 51000000, 0, 0);
INSERT INTO public.money_totals VALUES
	('hour', '2026-11-21 03:00:00+00', 'final', 0, 0, 0, 0, 0),
	('hour', '2026-11-21 03:00:00+00', 'reversed_by_supplier', 1, 70023000, 51000000, 0, 0),
	('quarter', '2026-11-21 03:45:00+00', 'final', 0, 0, 0, 0, 0),
	('quarter', '2026-11-21 03:45:00+00', 'reversed_by_supplier', 1, 70023000, 51000000, 0, 0),
	('6 hours', '2026-11-21 18:00:00+00', 'open', 1, 0, 52000000, 0, 1),
	('day', '2026-11-21 00:00:00+00', 'open', 1, 0, 52000000, 0, 1),
	('hour', '2026-11-21 23:00:00+00', 'open', 1, 0, 52000000, 0, 1),
	('quarter', '2026-11-21 23:45:00+00', 'open', 1, 0, 52000000, 0, 1),
	('6 hours', '2026-11-22 18:00:00+00', 'open', 1, 72769000, 53000000, 0, 0),
	('day', '2026-11-22 00:00:00+00', 'open', 1, 72769000, 53000000, 0, 0),
	('hour', '2026-11-22 19:00:00+00', 'open', 1, 72769000, 53000000, 0, 0),
	('quarter', '2026-11-22 19:45:00+00', 'open', 1, 72769000, 53000000, 0, 0),
	('6 hours', '2026-11-23 12:00:00+00', 'unknown', 1, 74142000, 54000000, 0, 0),
	('day', '2026-11-23 00:00:00+00', 'unknown', 1, 74142000, 54000000, 0, 0),
	('hour', '2026-11-23 15:00:00+00', 'unknown', 1, 74142000, 54000000, 0, 0),
	('quarter', '2026-11-23 15:45:00+00', 'unknown', 1, 74142000, 54000000, 0, 0),
	('6 hours', '2026-11-24 06:00:00+00', 'final', 1, 75515000, 0, 1, 0),
	('day', '2026-11-24 00:00:00+00', 'final', 1, 75515000, 0, 1, 0),
	('hour', '2026-11-24 11:00:00+00', 'final', 1, 75515000, 0, 1, 0),
	('quarter', '2026-11-24 11:45:00+00', 'final', 1, 75515000, 0, 1, 0),
	('6 hours', '2026-11-25 06:00:00+00', 'reversible', 1, 76888000, 56000000, 0, 0),
	('day', '2026-11-25 00:00:00+00', 'reversible', 1, 76888000, 56000000, 0, 0),
	('hour', '2026-11-25 07:00:00+00', 'reversible', 1, 76888000, 56000000, 0, 0),
	('quarter', '2026-11-25 07:45:00+00', 'reversible', 1, 76888000, 56000000, 0, 0),
	('6 hours', '2026-11-26 00:00:00+00', 'final', 1, 78261000, 57000000, 0, 0),
	('day', '2026-11-26 00:00:00+00', 'final', 1, 78261000, 57000000, 0, 0),
	('hour', '2026-11-26 03:00:00+00', 'final', 1, 78261000, 57000000, 0, 0),
	('quarter', '2026-11-26 03:45:00+00', 'final', 1, 78261000, 57000000, 0, 0),
	('6 hours', '2026-11-26 18:00:00+00', 'failed', 1, 79634000, 58000000, 0, 0),
	('day', '2026-11-26 00:00:00+00', 'failed', 1, 79634000, 58000000, 0, 0),
	('hour', '2026-11-26 23:00:00+00', 'failed', 1, 79634000, 58000000, 0, 0),
	('quarter', '2026-11-26 23:45:00+00', 'failed', 1, 79634000, 58000000, 0, 0),
	('6 hours', '2026-11-27 18:00:00+00', 'failed', 1, 81007000, 59000000, 0, 0),
	('day', '2026-11-27 00:00:00+00', 'failed', 1, 81007000, 59000000, 0, 0),
	('hour', '2026-11-27 20:00:00+00', 'failed', 1, 81007000, 59000000, 0, 0),
	('quarter', '2026-11-27 20:00:00+00', 'failed', 1, 81007000, 59000000, 0, 0),
	('6 hours', '2026-11-28 12:00:00+00', 'failed', 1, 82380000, 60000000, 0, 0),
	('day', '2026-11-28 00:00:00+00', 'failed', 1, 82380000, 60000000, 0, 0),
	('hour', '2026-11-28 16:00:00+00', 'failed', 1, 82380000, 60000000, 0, 0),
	('quarter', '2026-11-28 16:00:00+00', 'failed', 1, 82380000, 60000000, 0, 0),
	('6 hours', '2020-08-09 18:00:00+00', 'failed', 1, 11730000, 160000, 0, 0),
	('day', '2020-08-09 00:00:00+00', 'failed', 1, 11730000, 160000, 0, 0),
	('hour', '2020-08-09 18:00:00+00', 'failed', 1, 11730000, 160000, 0, 0),
	('month', '2020-08-01 00:00:00+00', 'failed', 1, 11730000, 160000, 0, 0),
	('quarter', '2020-08-09 18:45:00+00', 'failed', 1, 11730000, 160000, 0, 0);


--
-- Data for Name: outcome_totals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outcome_totals VALUES
	('6 hours', '2026-10-10 06:00:00+00', 'accepted', '', 1, 1373000, 1000000, 0, 0),
	('day', '2026-10-10 00:00:00+00', 'accepted', '', 1, 1373000, 1000000, 0, 0),
	('hour', '2026-10-10 11:00:00+00', 'accepted', '', 1, 1373000, 1000000, 0, 0),
	('quarter', '2026-10-10 11:00:00+00', 'accepted', '', 1, 1373000, 1000000, 0, 0),
	('6 hours', '2026-10-11 06:00:00+00', 'accepted', '', 1, 2746000, 2000000, 0, 0),
	('day', '2026-10-11 00:00:00+00', 'accepted', '', 1, 2746000, 2000000, 0, 0),
	('hour', '2026-10-11 07:00:00+00', 'accepted', '', 1, 2746000, 2000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'canceled', '', 2, 23341000, 17000000, 0, 0),
	('quarter', '2026-10-11 07:00:00+00', 'accepted', '', 1, 2746000, 2000000, 0, 0),
	('6 hours', '2026-10-12 00:00:00+00', 'canceled', '', 1, 4119000, 3000000, 0, 0),
	('day', '2026-10-12 00:00:00+00', 'canceled', '', 1, 4119000, 3000000, 0, 0),
	('hour', '2026-10-12 03:00:00+00', 'canceled', '', 1, 4119000, 3000000, 0, 0),
	('quarter', '2026-10-12 03:00:00+00', 'canceled', '', 1, 4119000, 3000000, 0, 0),
	('6 hours', '2026-10-12 18:00:00+00', 'timeout', '', 1, 5492000, 4000000, 0, 0),
	('day', '2026-10-12 00:00:00+00', 'timeout', '', 1, 5492000, 4000000, 0, 0),
	('hour', '2026-10-12 23:00:00+00', 'timeout', '', 1, 5492000, 4000000, 0, 0),
	('quarter', '2026-10-12 23:00:00+00', 'timeout', '', 1, 5492000, 4000000, 0, 0),
	('6 hours', '2026-10-13 18:00:00+00', 'trade_create_error', 'private_inventory', 1, 6865000, 5000000, 0, 0),
	('day', '2026-10-13 00:00:00+00', 'trade_create_error', 'private_inventory', 1, 6865000, 5000000, 0, 0),
	('hour', '2026-10-13 19:00:00+00', 'trade_create_error', 'private_inventory', 1, 6865000, 5000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'trade_create_error', 'private_inventory', 1, 6865000, 5000000, 0, 0),
	('quarter', '2026-10-13 19:00:00+00', 'trade_create_error', 'private_inventory', 1, 6865000, 5000000, 0, 0),
	('quarter', '2026-10-18 19:00:00+00', 'accepted', '', 1, 15103000, 0, 1, 0),
	('6 hours', '2026-10-14 12:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-14 12:00:00+00', 'rollback_user', '', 1, 8238000, 6000000, 0, 0),
	('day', '2026-10-14 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-10-14 00:00:00+00', 'rollback_user', '', 1, 8238000, 6000000, 0, 0),
	('hour', '2026-10-14 15:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-10-14 15:00:00+00', 'rollback_user', '', 1, 8238000, 6000000, 0, 0),
	('6 hours', '2026-10-19 12:00:00+00', 'accepted', '', 1, 16476000, 12000000, 0, 0),
	('quarter', '2026-10-14 15:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-10-14 15:00:00+00', 'rollback_user', '', 1, 8238000, 6000000, 0, 0),
	('day', '2026-10-19 00:00:00+00', 'accepted', '', 1, 16476000, 12000000, 0, 0),
	('6 hours', '2026-10-15 06:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-15 06:00:00+00', 'rollback_supplier', '', 1, 9611000, 7000000, 0, 0),
	('day', '2026-10-15 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-10-15 00:00:00+00', 'rollback_supplier', '', 1, 9611000, 7000000, 0, 0),
	('hour', '2026-10-15 11:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-10-15 11:00:00+00', 'rollback_supplier', '', 1, 9611000, 7000000, 0, 0),
	('quarter', '2026-10-21 07:15:00+00', 'canceled', '', 1, 19222000, 14000000, 0, 0),
	('quarter', '2026-10-15 11:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-10-15 11:00:00+00', 'rollback_supplier', '', 1, 9611000, 7000000, 0, 0),
	('6 hours', '2026-10-16 06:00:00+00', 'waiting_accept', '', 1, 10984000, 8000000, 0, 0),
	('day', '2026-10-16 00:00:00+00', 'waiting_accept', '', 1, 10984000, 8000000, 0, 0),
	('hour', '2026-10-16 07:00:00+00', 'waiting_accept', '', 1, 10984000, 8000000, 0, 0),
	('quarter', '2026-10-16 07:00:00+00', 'waiting_accept', '', 1, 10984000, 8000000, 0, 0),
	('6 hours', '2026-10-17 18:00:00+00', 'held_by_moon', '', 1, 13730000, 10000000, 0, 0),
	('day', '2026-10-17 00:00:00+00', 'held_by_moon', '', 1, 13730000, 10000000, 0, 0),
	('hour', '2026-10-17 23:00:00+00', 'held_by_moon', '', 1, 13730000, 10000000, 0, 0),
	('quarter', '2026-10-17 23:00:00+00', 'held_by_moon', '', 1, 13730000, 10000000, 0, 0);
INSERT INTO public.outcome_totals VALUES
	('6 hours', '2026-10-18 18:00:00+00', 'accepted', '', 1, 15103000, 0, 1, 0),
	('day', '2026-10-18 00:00:00+00', 'accepted', '', 1, 15103000, 0, 1, 0),
	('hour', '2026-10-18 19:00:00+00', 'accepted', '', 1, 15103000, 0, 1, 0),
	('hour', '2026-10-19 15:00:00+00', 'accepted', '', 1, 16476000, 12000000, 0, 0),
	('6 hours', '2026-10-22 00:00:00+00', 'timeout', 'private_inventory', 1, 20595000, 15000000, 0, 0),
	('quarter', '2026-10-19 15:00:00+00', 'accepted', '', 1, 16476000, 12000000, 0, 0),
	('6 hours', '2026-10-20 06:00:00+00', 'accepted', '', 1, 0, 13000000, 0, 1),
	('day', '2026-10-20 00:00:00+00', 'accepted', '', 1, 0, 13000000, 0, 1),
	('hour', '2026-10-20 11:00:00+00', 'accepted', '', 1, 0, 13000000, 0, 1),
	('month', '2026-10-01 00:00:00+00', 'timeout', '', 2, 5492000, 30000000, 0, 1),
	('quarter', '2026-10-20 11:00:00+00', 'accepted', '', 1, 0, 13000000, 0, 1),
	('6 hours', '2026-10-21 06:00:00+00', 'canceled', '', 1, 19222000, 14000000, 0, 0),
	('day', '2026-10-21 00:00:00+00', 'canceled', '', 1, 19222000, 14000000, 0, 0),
	('hour', '2026-10-21 07:00:00+00', 'canceled', '', 1, 19222000, 14000000, 0, 0),
	('day', '2026-10-22 00:00:00+00', 'timeout', 'private_inventory', 1, 20595000, 15000000, 0, 0),
	('hour', '2026-10-22 03:00:00+00', 'timeout', 'private_inventory', 1, 20595000, 15000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'timeout', 'private_inventory', 1, 20595000, 15000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'waiting_accept', '', 2, 37071000, 27000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'rollback_user', '', 2, 31579000, 23000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'held_by_moon', '', 2, 42563000, 31000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'accepted', '', 8, 130435000, 75000000, 2, 1),
	('quarter', '2026-11-15 07:45:00+00', 'accepted', '', 1, 60412000, 0, 1, 0),
	('6 hours', '2026-10-17 00:00:00+00', 'creating_trade', '', 0, 0, 0, 0, 0),
	('quarter', '2026-10-22 03:15:00+00', 'timeout', 'private_inventory', 1, 20595000, 15000000, 0, 0),
	('6 hours', '2026-10-22 18:00:00+00', 'trade_create_error', '', 1, 21968000, 16000000, 0, 0),
	('day', '2026-10-22 00:00:00+00', 'trade_create_error', '', 1, 21968000, 16000000, 0, 0),
	('hour', '2026-10-22 23:00:00+00', 'trade_create_error', '', 1, 21968000, 16000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'trade_create_error', '', 1, 21968000, 16000000, 0, 0),
	('quarter', '2026-10-22 23:15:00+00', 'trade_create_error', '', 1, 21968000, 16000000, 0, 0),
	('6 hours', '2026-10-23 18:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-23 18:00:00+00', 'rollback_user', '', 1, 23341000, 17000000, 0, 0),
	('day', '2026-10-23 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-10-23 00:00:00+00', 'rollback_user', '', 1, 23341000, 17000000, 0, 0),
	('hour', '2026-10-23 19:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-10-23 19:00:00+00', 'rollback_user', '', 1, 23341000, 17000000, 0, 0),
	('quarter', '2026-10-23 19:15:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-10-23 19:15:00+00', 'rollback_user', '', 1, 23341000, 17000000, 0, 0),
	('6 hours', '2026-10-24 12:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-10-24 12:00:00+00', 'rollback_supplier', '', 1, 24714000, 18000000, 0, 0),
	('day', '2026-10-24 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-10-24 00:00:00+00', 'rollback_supplier', '', 1, 24714000, 18000000, 0, 0),
	('hour', '2026-10-24 15:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-10-24 15:00:00+00', 'rollback_supplier', '', 1, 24714000, 18000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'rollback_supplier', '', 2, 34325000, 25000000, 0, 0),
	('quarter', '2026-10-24 15:15:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-10-24 15:15:00+00', 'rollback_supplier', '', 1, 24714000, 18000000, 0, 0),
	('6 hours', '2026-10-25 06:00:00+00', 'waiting_accept', '', 1, 26087000, 19000000, 0, 0),
	('day', '2026-10-25 00:00:00+00', 'waiting_accept', '', 1, 26087000, 19000000, 0, 0),
	('hour', '2026-10-25 11:00:00+00', 'waiting_accept', '', 1, 26087000, 19000000, 0, 0),
	('quarter', '2026-10-25 11:15:00+00', 'waiting_accept', '', 1, 26087000, 19000000, 0, 0);
INSERT INTO public.outcome_totals VALUES
	('6 hours', '2026-10-26 06:00:00+00', 'creating_trade', '', 1, 27460000, 20000000, 0, 0),
	('day', '2026-10-26 00:00:00+00', 'creating_trade', '', 1, 27460000, 20000000, 0, 0),
	('hour', '2026-10-26 07:00:00+00', 'creating_trade', '', 1, 27460000, 20000000, 0, 0),
	('quarter', '2026-10-26 07:15:00+00', 'creating_trade', '', 1, 27460000, 20000000, 0, 0),
	('6 hours', '2026-10-27 00:00:00+00', 'held_by_moon', '', 1, 28833000, 21000000, 0, 0),
	('day', '2026-10-27 00:00:00+00', 'held_by_moon', '', 1, 28833000, 21000000, 0, 0),
	('hour', '2026-10-27 03:00:00+00', 'held_by_moon', '', 1, 28833000, 21000000, 0, 0),
	('quarter', '2026-10-27 03:15:00+00', 'held_by_moon', '', 1, 28833000, 21000000, 0, 0),
	('6 hours', '2026-10-27 18:00:00+00', 'accepted', '', 1, 30206000, 0, 1, 0),
	('day', '2026-10-27 00:00:00+00', 'accepted', '', 1, 30206000, 0, 1, 0),
	('hour', '2026-10-27 23:00:00+00', 'accepted', '', 1, 30206000, 0, 1, 0),
	('quarter', '2026-10-27 23:15:00+00', 'accepted', '', 1, 30206000, 0, 1, 0),
	('6 hours', '2026-10-28 18:00:00+00', 'accepted', '', 1, 31579000, 23000000, 0, 0),
	('day', '2026-10-28 00:00:00+00', 'accepted', '', 1, 31579000, 23000000, 0, 0),
	('hour', '2026-10-28 19:00:00+00', 'accepted', '', 1, 31579000, 23000000, 0, 0),
	('quarter', '2026-10-28 19:15:00+00', 'accepted', '', 1, 31579000, 23000000, 0, 0),
	('6 hours', '2026-10-29 12:00:00+00', 'accepted', '', 1, 32952000, 24000000, 0, 0),
	('day', '2026-10-29 00:00:00+00', 'accepted', '', 1, 32952000, 24000000, 0, 0),
	('hour', '2026-10-29 15:00:00+00', 'accepted', '', 1, 32952000, 24000000, 0, 0),
	('quarter', '2026-10-29 15:15:00+00', 'accepted', '', 1, 32952000, 24000000, 0, 0),
	('6 hours', '2026-10-30 06:00:00+00', 'canceled', 'private_inventory', 1, 34325000, 25000000, 0, 0),
	('day', '2026-10-30 00:00:00+00', 'canceled', 'private_inventory', 1, 34325000, 25000000, 0, 0),
	('hour', '2026-10-30 11:00:00+00', 'canceled', 'private_inventory', 1, 34325000, 25000000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'canceled', 'private_inventory', 1, 34325000, 25000000, 0, 0),
	('quarter', '2026-10-30 11:15:00+00', 'canceled', 'private_inventory', 1, 34325000, 25000000, 0, 0),
	('6 hours', '2026-10-31 06:00:00+00', 'timeout', '', 1, 0, 26000000, 0, 1),
	('day', '2026-10-31 00:00:00+00', 'timeout', '', 1, 0, 26000000, 0, 1),
	('hour', '2026-10-31 07:00:00+00', 'timeout', '', 1, 0, 26000000, 0, 1),
	('quarter', '2026-10-31 07:15:00+00', 'timeout', '', 1, 0, 26000000, 0, 1),
	('6 hours', '2026-11-01 00:00:00+00', 'trade_create_error', '', 1, 37071000, 27000000, 0, 0),
	('day', '2026-11-01 00:00:00+00', 'trade_create_error', '', 1, 37071000, 27000000, 0, 0),
	('hour', '2026-11-01 03:00:00+00', 'trade_create_error', '', 1, 37071000, 27000000, 0, 0),
	('quarter', '2026-11-01 03:15:00+00', 'trade_create_error', '', 1, 37071000, 27000000, 0, 0),
	('6 hours', '2026-11-01 18:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-01 18:00:00+00', 'rollback_user', '', 1, 38444000, 28000000, 0, 0),
	('day', '2026-11-01 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-11-01 00:00:00+00', 'rollback_user', '', 1, 38444000, 28000000, 0, 0),
	('hour', '2026-11-01 23:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-11-01 23:00:00+00', 'rollback_user', '', 1, 38444000, 28000000, 0, 0),
	('6 hours', '2026-11-02 18:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-11-01 23:15:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-11-01 23:15:00+00', 'rollback_user', '', 1, 38444000, 28000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'rollback_user', '', 3, 160641000, 117000000, 0, 0),
	('6 hours', '2026-11-02 18:00:00+00', 'rollback_supplier', '', 1, 39817000, 29000000, 0, 0),
	('day', '2026-11-02 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'trade_create_error', '', 4, 238902000, 174000000, 0, 0),
	('day', '2026-11-02 00:00:00+00', 'rollback_supplier', '', 1, 39817000, 29000000, 0, 0),
	('hour', '2026-11-02 19:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-11-02 19:00:00+00', 'rollback_supplier', '', 1, 39817000, 29000000, 0, 0),
	('quarter', '2026-11-02 19:30:00+00', 'accepted', '', 0, 0, 0, 0, 0);
INSERT INTO public.outcome_totals VALUES
	('quarter', '2026-11-02 19:30:00+00', 'rollback_supplier', '', 1, 39817000, 29000000, 0, 0),
	('6 hours', '2026-11-03 12:00:00+00', 'waiting_accept', '', 1, 41190000, 30000000, 0, 0),
	('day', '2026-11-03 00:00:00+00', 'waiting_accept', '', 1, 41190000, 30000000, 0, 0),
	('hour', '2026-11-03 15:00:00+00', 'waiting_accept', '', 1, 41190000, 30000000, 0, 0),
	('quarter', '2026-11-03 15:30:00+00', 'waiting_accept', '', 1, 41190000, 30000000, 0, 0),
	('6 hours', '2026-11-04 06:00:00+00', 'creating_trade', '', 1, 42563000, 31000000, 0, 0),
	('day', '2026-11-04 00:00:00+00', 'creating_trade', '', 1, 42563000, 31000000, 0, 0),
	('hour', '2026-11-04 11:00:00+00', 'creating_trade', '', 1, 42563000, 31000000, 0, 0),
	('quarter', '2026-11-04 11:30:00+00', 'creating_trade', '', 1, 42563000, 31000000, 0, 0),
	('6 hours', '2026-11-05 06:00:00+00', 'held_by_moon', '', 1, 43936000, 32000000, 0, 0),
	('day', '2026-11-05 00:00:00+00', 'held_by_moon', '', 1, 43936000, 32000000, 0, 0),
	('hour', '2026-11-05 07:00:00+00', 'held_by_moon', '', 1, 43936000, 32000000, 0, 0),
	('quarter', '2026-11-05 07:30:00+00', 'held_by_moon', '', 1, 43936000, 32000000, 0, 0),
	('6 hours', '2026-11-06 00:00:00+00', 'accepted', '', 1, 45309000, 0, 1, 0),
	('hour', '2026-11-06 03:00:00+00', 'accepted', '', 1, 45309000, 0, 1, 0),
	('day', '2026-11-11 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-11-06 03:30:00+00', 'accepted', '', 1, 45309000, 0, 1, 0),
	('6 hours', '2026-11-06 18:00:00+00', 'accepted', '', 1, 46682000, 34000000, 0, 0),
	('day', '2026-11-06 00:00:00+00', 'accepted', '', 2, 91991000, 34000000, 1, 0),
	('hour', '2026-11-06 23:00:00+00', 'accepted', '', 1, 46682000, 34000000, 0, 0),
	('day', '2026-11-11 00:00:00+00', 'rollback_supplier', '', 1, 54920000, 40000000, 0, 0),
	('quarter', '2026-11-06 23:30:00+00', 'accepted', '', 1, 46682000, 34000000, 0, 0),
	('6 hours', '2026-11-07 18:00:00+00', 'accepted', 'private_inventory', 1, 48055000, 35000000, 0, 0),
	('day', '2026-11-07 00:00:00+00', 'accepted', 'private_inventory', 1, 48055000, 35000000, 0, 0),
	('hour', '2026-11-07 19:00:00+00', 'accepted', 'private_inventory', 1, 48055000, 35000000, 0, 0),
	('quarter', '2026-11-07 19:30:00+00', 'accepted', 'private_inventory', 1, 48055000, 35000000, 0, 0),
	('6 hours', '2026-11-08 12:00:00+00', 'canceled', '', 1, 49428000, 36000000, 0, 0),
	('day', '2026-11-08 00:00:00+00', 'canceled', '', 1, 49428000, 36000000, 0, 0),
	('hour', '2026-11-08 15:00:00+00', 'canceled', '', 1, 49428000, 36000000, 0, 0),
	('quarter', '2026-11-08 15:30:00+00', 'canceled', '', 1, 49428000, 36000000, 0, 0),
	('6 hours', '2026-11-09 06:00:00+00', 'timeout', '', 1, 50801000, 37000000, 0, 0),
	('day', '2026-11-09 00:00:00+00', 'timeout', '', 1, 50801000, 37000000, 0, 0),
	('hour', '2026-11-09 11:00:00+00', 'timeout', '', 1, 50801000, 37000000, 0, 0),
	('quarter', '2026-11-09 11:30:00+00', 'timeout', '', 1, 50801000, 37000000, 0, 0),
	('6 hours', '2026-11-10 06:00:00+00', 'trade_create_error', '', 1, 52174000, 38000000, 0, 0),
	('day', '2026-11-10 00:00:00+00', 'trade_create_error', '', 1, 52174000, 38000000, 0, 0),
	('hour', '2026-11-10 07:00:00+00', 'trade_create_error', '', 1, 52174000, 38000000, 0, 0),
	('quarter', '2026-11-10 07:30:00+00', 'trade_create_error', '', 1, 52174000, 38000000, 0, 0),
	('hour', '2026-11-11 23:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-11 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-11 00:00:00+00', 'rollback_user', '', 1, 53547000, 39000000, 0, 0),
	('hour', '2026-11-11 23:00:00+00', 'rollback_supplier', '', 1, 54920000, 40000000, 0, 0),
	('day', '2026-11-11 00:00:00+00', 'rollback_user', '', 1, 53547000, 39000000, 0, 0),
	('hour', '2026-11-11 03:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-11-11 03:00:00+00', 'rollback_user', '', 1, 53547000, 39000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'canceled', '', 3, 193593000, 141000000, 0, 0),
	('quarter', '2026-11-11 03:30:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-11-11 03:30:00+00', 'rollback_user', '', 1, 53547000, 39000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'creating_trade', '', 3, 172998000, 126000000, 0, 0),
	('quarter', '2026-11-12 19:30:00+00', 'waiting_accept', '', 1, 56293000, 41000000, 0, 0);
INSERT INTO public.outcome_totals VALUES
	('6 hours', '2026-11-11 18:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-11 18:00:00+00', 'rollback_supplier', '', 1, 54920000, 40000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'waiting_accept', '', 3, 97483000, 123000000, 0, 1),
	('quarter', '2026-11-11 23:30:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-11-11 23:30:00+00', 'rollback_supplier', '', 1, 54920000, 40000000, 0, 0),
	('6 hours', '2026-11-12 18:00:00+00', 'waiting_accept', '', 1, 56293000, 41000000, 0, 0),
	('day', '2026-11-12 00:00:00+00', 'waiting_accept', '', 1, 56293000, 41000000, 0, 0),
	('hour', '2026-11-12 19:00:00+00', 'waiting_accept', '', 1, 56293000, 41000000, 0, 0),
	('6 hours', '2026-11-13 12:00:00+00', 'creating_trade', '', 1, 57666000, 42000000, 0, 0),
	('day', '2026-11-13 00:00:00+00', 'creating_trade', '', 1, 57666000, 42000000, 0, 0),
	('hour', '2026-11-13 15:00:00+00', 'creating_trade', '', 1, 57666000, 42000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'held_by_moon', '', 3, 177117000, 129000000, 0, 0),
	('quarter', '2026-11-13 15:30:00+00', 'creating_trade', '', 1, 57666000, 42000000, 0, 0),
	('6 hours', '2026-11-14 06:00:00+00', 'held_by_moon', '', 1, 59039000, 43000000, 0, 0),
	('day', '2026-11-14 00:00:00+00', 'held_by_moon', '', 1, 59039000, 43000000, 0, 0),
	('hour', '2026-11-14 11:00:00+00', 'held_by_moon', '', 1, 59039000, 43000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'accepted', 'private_inventory', 3, 185355000, 80000000, 1, 0),
	('quarter', '2026-11-14 11:30:00+00', 'held_by_moon', '', 1, 59039000, 43000000, 0, 0),
	('6 hours', '2026-11-15 06:00:00+00', 'accepted', '', 1, 60412000, 0, 1, 0),
	('day', '2026-11-15 00:00:00+00', 'accepted', '', 1, 60412000, 0, 1, 0),
	('hour', '2026-11-15 07:00:00+00', 'accepted', '', 1, 60412000, 0, 1, 0),
	('month', '2026-11-01 00:00:00+00', 'timeout', '', 3, 197712000, 144000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'accepted', '', 6, 370710000, 193000000, 2, 0),
	('6 hours', '2026-11-16 00:00:00+00', 'accepted', 'private_inventory', 1, 61785000, 45000000, 0, 0),
	('day', '2026-11-16 00:00:00+00', 'accepted', 'private_inventory', 1, 61785000, 45000000, 0, 0),
	('hour', '2026-11-16 03:00:00+00', 'accepted', 'private_inventory', 1, 61785000, 45000000, 0, 0),
	('quarter', '2026-11-16 03:45:00+00', 'accepted', 'private_inventory', 1, 61785000, 45000000, 0, 0),
	('6 hours', '2026-11-16 18:00:00+00', 'accepted', '', 1, 63158000, 46000000, 0, 0),
	('day', '2026-11-16 00:00:00+00', 'accepted', '', 1, 63158000, 46000000, 0, 0),
	('hour', '2026-11-16 23:00:00+00', 'accepted', '', 1, 63158000, 46000000, 0, 0),
	('quarter', '2026-11-16 23:45:00+00', 'accepted', '', 1, 63158000, 46000000, 0, 0),
	('6 hours', '2026-11-17 18:00:00+00', 'canceled', '', 1, 64531000, 47000000, 0, 0),
	('day', '2026-11-17 00:00:00+00', 'canceled', '', 1, 64531000, 47000000, 0, 0),
	('hour', '2026-11-17 19:00:00+00', 'canceled', '', 1, 64531000, 47000000, 0, 0),
	('quarter', '2026-11-17 19:45:00+00', 'canceled', '', 1, 64531000, 47000000, 0, 0),
	('6 hours', '2026-11-18 12:00:00+00', 'timeout', '', 1, 65904000, 48000000, 0, 0),
	('day', '2026-11-18 00:00:00+00', 'timeout', '', 1, 65904000, 48000000, 0, 0),
	('hour', '2026-11-18 15:00:00+00', 'timeout', '', 1, 65904000, 48000000, 0, 0),
	('quarter', '2026-11-18 15:45:00+00', 'timeout', '', 1, 65904000, 48000000, 0, 0),
	('6 hours', '2026-11-19 06:00:00+00', 'trade_create_error', '', 1, 67277000, 49000000, 0, 0),
	('day', '2026-11-19 00:00:00+00', 'trade_create_error', '', 1, 67277000, 49000000, 0, 0),
	('hour', '2026-11-19 11:00:00+00', 'trade_create_error', '', 1, 67277000, 49000000, 0, 0),
	('quarter', '2026-11-19 11:45:00+00', 'trade_create_error', '', 1, 67277000, 49000000, 0, 0),
	('6 hours', '2026-11-20 06:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-20 06:00:00+00', 'rollback_user', '', 1, 68650000, 50000000, 0, 0),
	('day', '2026-11-20 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-11-20 00:00:00+00', 'rollback_user', '', 1, 68650000, 50000000, 0, 0),
	('hour', '2026-11-20 07:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-11-20 07:00:00+00', 'rollback_user', '', 1, 68650000, 50000000, 0, 0),
	('quarter', '2026-11-20 07:45:00+00', 'accepted', '', 0, 0, 0, 0, 0);
INSERT INTO public.outcome_totals VALUES
	('quarter', '2026-11-20 07:45:00+00', 'rollback_user', '', 1, 68650000, 50000000, 0, 0),
	('6 hours', '2026-11-21 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('6 hours', '2026-11-21 00:00:00+00', 'rollback_supplier', '', 1, 70023000, 51000000, 0, 0),
	('day', '2026-11-21 00:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('day', '2026-11-21 00:00:00+00', 'rollback_supplier', '', 1, 70023000, 51000000, 0, 0),
	('hour', '2026-11-21 03:00:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('hour', '2026-11-21 03:00:00+00', 'rollback_supplier', '', 1, 70023000, 51000000, 0, 0),
	('month', '2026-11-01 00:00:00+00', 'rollback_supplier', '', 3, 164760000, 120000000, 0, 0),
	('quarter', '2026-11-21 03:45:00+00', 'accepted', '', 0, 0, 0, 0, 0),
	('quarter', '2026-11-21 03:45:00+00', 'rollback_supplier', '', 1, 70023000, 51000000, 0, 0),
	('6 hours', '2026-11-21 18:00:00+00', 'waiting_accept', '', 1, 0, 52000000, 0, 1),
	('day', '2026-11-21 00:00:00+00', 'waiting_accept', '', 1, 0, 52000000, 0, 1),
	('hour', '2026-11-21 23:00:00+00', 'waiting_accept', '', 1, 0, 52000000, 0, 1),
	('quarter', '2026-11-21 23:45:00+00', 'waiting_accept', '', 1, 0, 52000000, 0, 1),
	('6 hours', '2026-11-22 18:00:00+00', 'creating_trade', '', 1, 72769000, 53000000, 0, 0),
	('day', '2026-11-22 00:00:00+00', 'creating_trade', '', 1, 72769000, 53000000, 0, 0),
	('hour', '2026-11-22 19:00:00+00', 'creating_trade', '', 1, 72769000, 53000000, 0, 0),
	('quarter', '2026-11-22 19:45:00+00', 'creating_trade', '', 1, 72769000, 53000000, 0, 0),
	('6 hours', '2026-11-23 12:00:00+00', 'held_by_moon', '', 1, 74142000, 54000000, 0, 0),
	('day', '2026-11-23 00:00:00+00', 'held_by_moon', '', 1, 74142000, 54000000, 0, 0),
	('hour', '2026-11-23 15:00:00+00', 'held_by_moon', '', 1, 74142000, 54000000, 0, 0),
	('quarter', '2026-11-23 15:45:00+00', 'held_by_moon', '', 1, 74142000, 54000000, 0, 0),
	('6 hours', '2026-11-24 06:00:00+00', 'accepted', 'private_inventory', 1, 75515000, 0, 1, 0),
	('day', '2026-11-24 00:00:00+00', 'accepted', 'private_inventory', 1, 75515000, 0, 1, 0),
	('hour', '2026-11-24 11:00:00+00', 'accepted', 'private_inventory', 1, 75515000, 0, 1, 0),
	('quarter', '2026-11-24 11:45:00+00', 'accepted', 'private_inventory', 1, 75515000, 0, 1, 0),
	('6 hours', '2026-11-25 06:00:00+00', 'accepted', '', 1, 76888000, 56000000, 0, 0),
	('day', '2026-11-25 00:00:00+00', 'accepted', '', 1, 76888000, 56000000, 0, 0),
	('hour', '2026-11-25 07:00:00+00', 'accepted', '', 1, 76888000, 56000000, 0, 0),
	('quarter', '2026-11-25 07:45:00+00', 'accepted', '', 1, 76888000, 56000000, 0, 0),
	('6 hours', '2026-11-26 00:00:00+00', 'accepted', '', 1, 78261000, 57000000, 0, 0),
	('day', '2026-11-26 00:00:00+00', 'accepted', '', 1, 78261000, 57000000, 0, 0),
	('hour', '2026-11-26 03:00:00+00', 'accepted', '', 1, 78261000, 57000000, 0, 0),
	('quarter', '2026-11-26 03:45:00+00', 'accepted', '', 1, 78261000, 57000000, 0, 0),
	('6 hours', '2026-11-26 18:00:00+00', 'canceled', '', 1, 79634000, 58000000, 0, 0),
	('day', '2026-11-26 00:00:00+00', 'canceled', '', 1, 79634000, 58000000, 0, 0),
	('hour', '2026-11-26 23:00:00+00', 'canceled', '', 1, 79634000, 58000000, 0, 0),
	('quarter', '2026-11-26 23:45:00+00', 'canceled', '', 1, 79634000, 58000000, 0, 0),
	('6 hours', '2026-11-27 18:00:00+00', 'timeout', '', 1, 81007000, 59000000, 0, 0),
	('day', '2026-11-27 00:00:00+00', 'timeout', '', 1, 81007000, 59000000, 0, 0),
	('hour', '2026-11-27 20:00:00+00', 'timeout', '', 1, 81007000, 59000000, 0, 0),
	('quarter', '2026-11-27 20:00:00+00', 'timeout', '', 1, 81007000, 59000000, 0, 0),
	('6 hours', '2026-11-28 12:00:00+00', 'trade_create_error', '', 1, 82380000, 60000000, 0, 0),
	('day', '2026-11-28 00:00:00+00', 'trade_create_error', '', 1, 82380000, 60000000, 0, 0),
	('hour', '2026-11-28 16:00:00+00', 'trade_create_error', '', 1, 82380000, 60000000, 0, 0),
	('quarter', '2026-11-28 16:00:00+00', 'trade_create_error', '', 1, 82380000, 60000000, 0, 0),
	('6 hours', '2020-08-09 18:00:00+00', 'trade_create_error', '', 1, 11730000, 160000, 0, 0),
	('day', '2020-08-09 00:00:00+00', 'trade_create_error', '', 1, 11730000, 160000, 0, 0),
	('day', '2026-10-17 00:00:00+00', 'creating_trade', '', 0, 0, 0, 0, 0),
	('hour', '2020-08-09 18:00:00+00', 'trade_create_error', '', 1, 11730000, 160000, 0, 0);
INSERT INTO public.outcome_totals VALUES
	('hour', '2026-10-17 03:00:00+00', 'creating_trade', '', 0, 0, 0, 0, 0),
	('month', '2020-08-01 00:00:00+00', 'trade_create_error', '', 1, 11730000, 160000, 0, 0),
	('month', '2026-10-01 00:00:00+00', 'creating_trade', '', 1, 27460000, 20000000, 0, 0),
	('quarter', '2020-08-09 18:45:00+00', 'trade_create_error', '', 1, 11730000, 160000, 0, 0),
	('quarter', '2026-10-17 03:00:00+00', 'creating_trade', '', 0, 0, 0, 0, 0);


--
-- Data for Name: purchase_answers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.purchase_answers VALUES
	(1, '{"buy_id": 1, "offer_status": "accepted"}', ''),
	(2, '{"buy_id": 2, "offer_status": "accepted"}', ''),
	(3, '{"buy_id": 3, "offer_status": "canceled"}', ''),
	(4, '{"buy_id": 4, "offer_status": "timeout"}', ''),
	(5, '{"buy_id": 5, "offer_status": "trade_create_error"}', ''),
	(6, '{}', ''),
	(7, '{}', ''),
	(8, '{"buy_id": 8, "offer_status": "waiting_accept"}', ''),
	(10, '{"buy_id": 10, "offer_status": "held_by_moon"}', ''),
	(11, '{"buy_id": 11, "offer_status": "accepted"}', ''),
	(12, '{"buy_id": 12, "offer_status": "accepted"}', ''),
	(13, '{"buy_id": 13, "offer_status": "accepted"}', ''),
	(14, '{"buy_id": 14, "offer_status": "canceled"}', ''),
	(15, '{"buy_id": 15, "offer_status": "timeout"}', ''),
	(16, '{"buy_id": 16, "offer_status": "trade_create_error"}', ''),
	(17, '{}', ''),
	(18, '{}', ''),
	(19, '{"buy_id": 19, "offer_status": "waiting_accept"}', ''),
	(20, '{"buy_id": 20, "offer_status": "creating_trade"}', ''),
	(21, '{"buy_id": 21, "offer_status": "held_by_moon"}', ''),
	(22, '{"buy_id": 22, "offer_status": "accepted"}', ''),
	(23, '{"buy_id": 23, "offer_status": "accepted"}', ''),
	(24, '{"buy_id": 24, "offer_status": "accepted"}', ''),
	(25, '{"buy_id": 25, "offer_status": "canceled"}', ''),
	(26, '{"buy_id": 26, "offer_status": "timeout"}', ''),
	(27, '{"buy_id": 27, "offer_status": "trade_create_error"}', ''),
	(28, '{}', ''),
	(29, '{}', ''),
	(30, '{"buy_id": 30, "offer_status": "waiting_accept"}', ''),
	(31, '{"buy_id": 31, "offer_status": "creating_trade"}', ''),
	(32, '{"buy_id": 32, "offer_status": "held_by_moon"}', ''),
	(33, '{"buy_id": 33, "offer_status": "accepted"}', ''),
	(34, '{"buy_id": 34, "offer_status": "accepted"}', ''),
	(35, '{"buy_id": 35, "offer_status": "accepted"}', ''),
	(36, '{"buy_id": 36, "offer_status": "canceled"}', ''),
	(37, '{"buy_id": 37, "offer_status": "timeout"}', ''),
	(38, '{"buy_id": 38, "offer_status": "trade_create_error"}', ''),
	(39, '{}', ''),
	(40, '{}', ''),
	(41, '{"buy_id": 41, "offer_status": "waiting_accept"}', ''),
	(42, '{"buy_id": 42, "offer_status": "creating_trade"}', ''),
	(43, '{"buy_id": 43, "offer_status": "held_by_moon"}', ''),
	(44, '{"buy_id": 44, "offer_status": "accepted"}', ''),
	(45, '{"buy_id": 45, "offer_status": "accepted"}', ''),
	(46, '{"buy_id": 46, "offer_status": "accepted"}', ''),
	(47, '{"buy_id": 47, "offer_status": "canceled"}', ''),
	(48, '{"buy_id": 48, "offer_status": "timeout"}', ''),
	(49, '{"buy_id": 49, "offer_status": "trade_create_error"}', ''),
	(50, '{}', ''),
	(51, '{}', '');
INSERT INTO public.purchase_answers VALUES
	(52, '{"buy_id": 52, "offer_status": "waiting_accept"}', ''),
	(53, '{"buy_id": 53, "offer_status": "creating_trade"}', ''),
	(54, '{"buy_id": 54, "offer_status": "held_by_moon"}', ''),
	(55, '{"buy_id": 55, "offer_status": "accepted"}', ''),
	(56, '{"buy_id": 56, "offer_status": "accepted"}', ''),
	(57, '{"buy_id": 57, "offer_status": "accepted"}', ''),
	(58, '{"buy_id": 58, "offer_status": "canceled"}', ''),
	(59, '{"buy_id": 59, "offer_status": "timeout"}', ''),
	(60, '{"buy_id": 60, "offer_status": "trade_create_error"}', ''),
	(9, '{"item": {"id": "1280", "name": "Taunt: RazorFlip!", "price": "0.16", "classid": "1723112726"}, "buy_id": "9", "offer_status": "trade_create_error", "error_reason": null, "steamid": "76561198050648523", "date": "1596999226", "balance_debited_sum": "11.73"}', '');


--
-- Data for Name: purchase_notes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.purchase_notes VALUES
	(1, 7, 'admin@shop.example', 'Customer wrote twice.', '2026-11-28 15:01:50.038083+00');


--
-- Data for Name: purchase_versions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.purchase_versions VALUES
	(1, 1, '2026-10-10 11:32:48.432586+00', '2026-11-28 15:01:48.451773+00', 'scheduled', 'accepted', NULL, NULL, NULL, 1373000, 1000000, 'final', '2026-10-10 11:02:48.432586+00', NULL),
	(2, 1, '2026-10-11 07:33:48.432586+00', '2026-11-28 15:01:48.470686+00', 'scheduled', 'accepted', NULL, NULL, NULL, 2746000, 2000000, 'final', '2026-10-11 07:03:48.432586+00', NULL),
	(3, 1, '2026-10-12 03:34:48.432586+00', '2026-11-28 15:01:48.480244+00', 'scheduled', 'canceled', NULL, NULL, NULL, 4119000, 3000000, 'failed', '2026-10-12 03:04:48.432586+00', NULL),
	(4, 1, '2026-10-12 23:35:48.432586+00', '2026-11-28 15:01:48.489476+00', 'scheduled', 'timeout', NULL, true, NULL, 5492000, 4000000, 'failed', '2026-10-12 23:05:48.432586+00', NULL),
	(5, 1, '2026-10-13 19:36:48.432586+00', '2026-11-28 15:01:48.498666+00', 'scheduled', 'trade_create_error', 'private_inventory', NULL, NULL, 6865000, 5000000, 'failed', '2026-10-13 19:06:48.432586+00', NULL),
	(6, 1, '2026-10-14 15:37:48.432586+00', '2026-11-28 15:01:48.507519+00', 'scheduled', 'accepted', NULL, NULL, NULL, 8238000, 6000000, 'final', '2026-10-14 15:07:48.432586+00', NULL),
	(6, 2, '2026-10-17 15:07:48.432586+00', '2026-11-28 15:01:48.516323+00', 'scheduled', 'rollback_user', NULL, NULL, NULL, 8238000, 6000000, 'reversed_by_user', '2026-10-14 15:07:48.432586+00', NULL),
	(7, 1, '2026-10-15 11:38:48.432586+00', '2026-11-28 15:01:48.531932+00', 'scheduled', 'accepted', NULL, NULL, NULL, 9611000, 7000000, 'final', '2026-10-15 11:08:48.432586+00', NULL),
	(7, 2, '2026-10-18 11:08:48.432586+00', '2026-11-28 15:01:48.540072+00', 'scheduled', 'rollback_supplier', NULL, NULL, NULL, 9611000, 7000000, 'reversed_by_supplier', '2026-10-15 11:08:48.432586+00', NULL),
	(8, 1, '2026-10-16 07:39:48.432586+00', '2026-11-28 15:01:48.549078+00', 'scheduled', 'waiting_accept', NULL, true, '2026-10-24 07:09:48.432586+00', 10984000, 8000000, 'open', '2026-10-16 07:09:48.432586+00', NULL),
	(9, 1, '2026-10-17 03:40:48.432586+00', '2026-11-28 15:01:48.556985+00', 'scheduled', 'creating_trade', NULL, NULL, NULL, 12357000, 9000000, 'open', '2026-10-17 03:10:48.432586+00', NULL),
	(10, 1, '2026-10-17 23:41:48.432586+00', '2026-11-28 15:01:48.563886+00', 'scheduled', 'held_by_moon', NULL, NULL, NULL, 13730000, 10000000, 'unknown', '2026-10-17 23:11:48.432586+00', NULL),
	(11, 1, '2026-10-18 19:42:48.432586+00', '2026-11-28 15:01:48.573215+00', 'scheduled', 'accepted', NULL, NULL, NULL, 15103000, NULL, 'final', '2026-10-18 19:12:48.432586+00', NULL),
	(12, 1, '2026-10-19 15:43:48.432586+00', '2026-11-28 15:01:48.581076+00', 'scheduled', 'accepted', NULL, true, NULL, 16476000, 12000000, 'reversible', '2026-10-19 15:13:48.432586+00', NULL),
	(13, 1, '2026-10-20 11:44:48.432586+00', '2026-11-28 15:01:48.591127+00', 'scheduled', 'accepted', NULL, NULL, NULL, NULL, 13000000, 'final', '2026-10-20 11:14:48.432586+00', NULL),
	(14, 1, '2026-10-21 07:45:48.432586+00', '2026-11-28 15:01:48.599044+00', 'scheduled', 'canceled', NULL, NULL, NULL, 19222000, 14000000, 'failed', '2026-10-21 07:15:48.432586+00', NULL),
	(15, 1, '2026-10-22 03:46:48.432586+00', '2026-11-28 15:01:48.605883+00', 'scheduled', 'timeout', 'private_inventory', NULL, NULL, 20595000, 15000000, 'failed', '2026-10-22 03:16:48.432586+00', NULL),
	(16, 1, '2026-10-22 23:47:48.432586+00', '2026-11-28 15:01:48.613298+00', 'scheduled', 'trade_create_error', NULL, true, '2026-10-30 23:17:48.432586+00', 21968000, 16000000, 'failed', '2026-10-22 23:17:48.432586+00', NULL),
	(17, 1, '2026-10-23 19:48:48.432586+00', '2026-11-28 15:01:48.620759+00', 'scheduled', 'accepted', NULL, NULL, NULL, 23341000, 17000000, 'final', '2026-10-23 19:18:48.432586+00', NULL),
	(17, 2, '2026-10-26 19:18:48.432586+00', '2026-11-28 15:01:48.628067+00', 'scheduled', 'rollback_user', NULL, NULL, NULL, 23341000, 17000000, 'reversed_by_user', '2026-10-23 19:18:48.432586+00', NULL),
	(18, 1, '2026-10-24 15:49:48.432586+00', '2026-11-28 15:01:48.640329+00', 'scheduled', 'accepted', NULL, NULL, NULL, 24714000, 18000000, 'final', '2026-10-24 15:19:48.432586+00', NULL),
	(18, 2, '2026-10-27 15:19:48.432586+00', '2026-11-28 15:01:48.64713+00', 'scheduled', 'rollback_supplier', NULL, NULL, NULL, 24714000, 18000000, 'reversed_by_supplier', '2026-10-24 15:19:48.432586+00', NULL),
	(19, 1, '2026-10-25 11:50:48.432586+00', '2026-11-28 15:01:48.655368+00', 'scheduled', 'waiting_accept', NULL, NULL, NULL, 26087000, 19000000, 'open', '2026-10-25 11:20:48.432586+00', NULL),
	(20, 1, '2026-10-26 07:51:48.432586+00', '2026-11-28 15:01:48.662018+00', 'scheduled', 'creating_trade', NULL, true, NULL, 27460000, 20000000, 'open', '2026-10-26 07:21:48.432586+00', NULL),
	(21, 1, '2026-10-27 03:52:48.432586+00', '2026-11-28 15:01:48.669221+00', 'scheduled', 'held_by_moon', NULL, NULL, NULL, 28833000, 21000000, 'unknown', '2026-10-27 03:22:48.432586+00', NULL),
	(22, 1, '2026-10-27 23:53:48.432586+00', '2026-11-28 15:01:48.677302+00', 'scheduled', 'accepted', NULL, NULL, NULL, 30206000, NULL, 'final', '2026-10-27 23:23:48.432586+00', NULL),
	(23, 1, '2026-10-28 19:54:48.432586+00', '2026-11-28 15:01:48.685189+00', 'scheduled', 'accepted', NULL, NULL, NULL, 31579000, 23000000, 'final', '2026-10-28 19:24:48.432586+00', NULL),
	(24, 1, '2026-10-29 15:55:48.432586+00', '2026-11-28 15:01:48.692109+00', 'scheduled', 'accepted', NULL, true, '2026-11-06 15:25:48.432586+00', 32952000, 24000000, 'reversible', '2026-10-29 15:25:48.432586+00', NULL),
	(25, 1, '2026-10-30 11:56:48.432586+00', '2026-11-28 15:01:48.700885+00', 'scheduled', 'canceled', 'private_inventory', NULL, NULL, 34325000, 25000000, 'failed', '2026-10-30 11:26:48.432586+00', NULL),
	(26, 1, '2026-10-31 07:57:48.432586+00', '2026-11-28 15:01:48.70795+00', 'scheduled', 'timeout', NULL, NULL, NULL, NULL, 26000000, 'failed', '2026-10-31 07:27:48.432586+00', NULL),
	(27, 1, '2026-11-01 03:58:48.432586+00', '2026-11-28 15:01:48.716213+00', 'scheduled', 'trade_create_error', NULL, NULL, NULL, 37071000, 27000000, 'failed', '2026-11-01 03:28:48.432586+00', NULL),
	(28, 1, '2026-11-01 23:59:48.432586+00', '2026-11-28 15:01:48.72351+00', 'scheduled', 'accepted', NULL, true, NULL, 38444000, 28000000, 'reversible', '2026-11-01 23:29:48.432586+00', NULL),
	(28, 2, '2026-11-04 23:29:48.432586+00', '2026-11-28 15:01:48.732796+00', 'scheduled', 'rollback_user', NULL, NULL, NULL, 38444000, 28000000, 'reversed_by_user', '2026-11-01 23:29:48.432586+00', NULL),
	(29, 1, '2026-11-02 20:00:48.432586+00', '2026-11-28 15:01:48.744438+00', 'scheduled', 'accepted', NULL, NULL, NULL, 39817000, 29000000, 'final', '2026-11-02 19:30:48.432586+00', NULL),
	(29, 2, '2026-11-05 19:30:48.432586+00', '2026-11-28 15:01:48.751619+00', 'scheduled', 'rollback_supplier', NULL, NULL, NULL, 39817000, 29000000, 'reversed_by_supplier', '2026-11-02 19:30:48.432586+00', NULL),
	(30, 1, '2026-11-03 16:01:48.432586+00', '2026-11-28 15:01:48.761303+00', 'scheduled', 'waiting_accept', NULL, NULL, NULL, 41190000, 30000000, 'open', '2026-11-03 15:31:48.432586+00', NULL),
	(31, 1, '2026-11-04 12:02:48.432586+00', '2026-11-28 15:01:48.769982+00', 'scheduled', 'creating_trade', NULL, NULL, NULL, 42563000, 31000000, 'open', '2026-11-04 11:32:48.432586+00', NULL),
	(32, 1, '2026-11-05 08:03:48.432586+00', '2026-11-28 15:01:48.77842+00', 'scheduled', 'held_by_moon', NULL, true, '2026-11-13 07:33:48.432586+00', 43936000, 32000000, 'unknown', '2026-11-05 07:33:48.432586+00', NULL),
	(33, 1, '2026-11-06 04:04:48.432586+00', '2026-11-28 15:01:48.788794+00', 'scheduled', 'accepted', NULL, NULL, NULL, 45309000, NULL, 'final', '2026-11-06 03:34:48.432586+00', NULL),
	(34, 1, '2026-11-07 00:05:48.432586+00', '2026-11-28 15:01:48.800155+00', 'scheduled', 'accepted', NULL, NULL, NULL, 46682000, 34000000, 'final', '2026-11-06 23:35:48.432586+00', NULL),
	(35, 1, '2026-11-07 20:06:48.432586+00', '2026-11-28 15:01:48.808676+00', 'scheduled', 'accepted', 'private_inventory', NULL, NULL, 48055000, 35000000, 'final', '2026-11-07 19:36:48.432586+00', NULL),
	(36, 1, '2026-11-08 16:07:48.432586+00', '2026-11-28 15:01:48.817279+00', 'scheduled', 'canceled', NULL, true, NULL, 49428000, 36000000, 'failed', '2026-11-08 15:37:48.432586+00', NULL),
	(37, 1, '2026-11-09 12:08:48.432586+00', '2026-11-28 15:01:48.825649+00', 'scheduled', 'timeout', NULL, NULL, NULL, 50801000, 37000000, 'failed', '2026-11-09 11:38:48.432586+00', NULL),
	(38, 1, '2026-11-10 08:09:48.432586+00', '2026-11-28 15:01:48.834098+00', 'scheduled', 'trade_create_error', NULL, NULL, NULL, 52174000, 38000000, 'failed', '2026-11-10 07:39:48.432586+00', NULL),
	(39, 1, '2026-11-11 04:10:48.432586+00', '2026-11-28 15:01:48.842768+00', 'scheduled', 'accepted', NULL, NULL, NULL, NULL, 39000000, 'final', '2026-11-11 03:40:48.432586+00', NULL),
	(39, 2, '2026-11-14 03:40:48.432586+00', '2026-11-28 15:01:48.852577+00', 'scheduled', 'rollback_user', NULL, NULL, NULL, 53547000, 39000000, 'reversed_by_user', '2026-11-11 03:40:48.432586+00', NULL),
	(40, 1, '2026-11-12 00:11:48.432586+00', '2026-11-28 15:01:48.865893+00', 'scheduled', 'accepted', NULL, true, '2026-11-19 23:41:48.432586+00', 54920000, 40000000, 'reversible', '2026-11-11 23:41:48.432586+00', NULL),
	(40, 2, '2026-11-14 23:41:48.432586+00', '2026-11-28 15:01:48.876999+00', 'scheduled', 'rollback_supplier', NULL, NULL, NULL, 54920000, 40000000, 'reversed_by_supplier', '2026-11-11 23:41:48.432586+00', NULL),
	(41, 1, '2026-11-12 20:12:48.432586+00', '2026-11-28 15:01:48.888927+00', 'scheduled', 'waiting_accept', NULL, NULL, NULL, 56293000, 41000000, 'open', '2026-11-12 19:42:48.432586+00', NULL),
	(42, 1, '2026-11-13 16:13:48.432586+00', '2026-11-28 15:01:48.89756+00', 'scheduled', 'creating_trade', NULL, NULL, NULL, 57666000, 42000000, 'open', '2026-11-13 15:43:48.432586+00', NULL);
INSERT INTO public.purchase_versions VALUES
	(43, 1, '2026-11-14 12:14:48.432586+00', '2026-11-28 15:01:48.906321+00', 'scheduled', 'held_by_moon', NULL, NULL, NULL, 59039000, 43000000, 'unknown', '2026-11-14 11:44:48.432586+00', NULL),
	(44, 1, '2026-11-15 08:15:48.432586+00', '2026-11-28 15:01:48.916727+00', 'scheduled', 'accepted', NULL, true, NULL, 60412000, NULL, 'reversible', '2026-11-15 07:45:48.432586+00', NULL),
	(45, 1, '2026-11-16 04:16:48.432586+00', '2026-11-28 15:01:48.929165+00', 'scheduled', 'accepted', 'private_inventory', NULL, NULL, 61785000, 45000000, 'final', '2026-11-16 03:46:48.432586+00', NULL),
	(46, 1, '2026-11-17 00:17:48.432586+00', '2026-11-28 15:01:48.938167+00', 'scheduled', 'accepted', NULL, NULL, NULL, 63158000, 46000000, 'final', '2026-11-16 23:47:48.432586+00', NULL),
	(47, 1, '2026-11-17 20:18:48.432586+00', '2026-11-28 15:01:48.946719+00', 'scheduled', 'canceled', NULL, NULL, NULL, 64531000, 47000000, 'failed', '2026-11-17 19:48:48.432586+00', NULL),
	(48, 1, '2026-11-18 16:19:48.432586+00', '2026-11-28 15:01:48.955083+00', 'scheduled', 'timeout', NULL, true, '2026-11-26 15:49:48.432586+00', 65904000, 48000000, 'failed', '2026-11-18 15:49:48.432586+00', NULL),
	(49, 1, '2026-11-19 12:20:48.432586+00', '2026-11-28 15:01:48.964183+00', 'scheduled', 'trade_create_error', NULL, NULL, NULL, 67277000, 49000000, 'failed', '2026-11-19 11:50:48.432586+00', NULL),
	(50, 1, '2026-11-20 08:21:48.432586+00', '2026-11-28 15:01:48.972971+00', 'scheduled', 'accepted', NULL, NULL, NULL, 68650000, 50000000, 'final', '2026-11-20 07:51:48.432586+00', NULL),
	(50, 2, '2026-11-23 07:51:48.432586+00', '2026-11-28 15:01:48.981201+00', 'scheduled', 'rollback_user', NULL, NULL, NULL, 68650000, 50000000, 'reversed_by_user', '2026-11-20 07:51:48.432586+00', NULL),
	(51, 1, '2026-11-21 04:22:48.432586+00', '2026-11-28 15:01:48.993193+00', 'scheduled', 'accepted', NULL, NULL, NULL, 70023000, 51000000, 'final', '2026-11-21 03:52:48.432586+00', NULL),
	(51, 2, '2026-11-24 03:52:48.432586+00', '2026-11-28 15:01:49.002051+00', 'scheduled', 'rollback_supplier', NULL, NULL, NULL, 70023000, 51000000, 'reversed_by_supplier', '2026-11-21 03:52:48.432586+00', NULL),
	(52, 1, '2026-11-22 00:23:48.432586+00', '2026-11-28 15:01:49.011547+00', 'scheduled', 'waiting_accept', NULL, true, NULL, NULL, 52000000, 'open', '2026-11-21 23:53:48.432586+00', NULL),
	(53, 1, '2026-11-22 20:24:48.432586+00', '2026-11-28 15:01:49.022014+00', 'scheduled', 'creating_trade', NULL, NULL, NULL, 72769000, 53000000, 'open', '2026-11-22 19:54:48.432586+00', NULL),
	(54, 1, '2026-11-23 16:25:48.432586+00', '2026-11-28 15:01:49.032191+00', 'scheduled', 'held_by_moon', NULL, NULL, NULL, 74142000, 54000000, 'unknown', '2026-11-23 15:55:48.432586+00', NULL),
	(55, 1, '2026-11-24 12:26:48.432586+00', '2026-11-28 15:01:49.044103+00', 'scheduled', 'accepted', 'private_inventory', NULL, NULL, 75515000, NULL, 'final', '2026-11-24 11:56:48.432586+00', NULL),
	(56, 1, '2026-11-25 08:27:48.432586+00', '2026-11-28 15:01:49.055857+00', 'scheduled', 'accepted', NULL, true, '2026-12-03 07:57:48.432586+00', 76888000, 56000000, 'reversible', '2026-11-25 07:57:48.432586+00', NULL),
	(57, 1, '2026-11-26 04:28:48.432586+00', '2026-11-28 15:01:49.066561+00', 'scheduled', 'accepted', NULL, NULL, NULL, 78261000, 57000000, 'final', '2026-11-26 03:58:48.432586+00', NULL),
	(58, 1, '2026-11-27 00:29:48.432586+00', '2026-11-28 15:01:49.075083+00', 'scheduled', 'canceled', NULL, NULL, NULL, 79634000, 58000000, 'failed', '2026-11-26 23:59:48.432586+00', NULL),
	(59, 1, '2026-11-27 20:30:48.432586+00', '2026-11-28 15:01:49.082706+00', 'scheduled', 'timeout', NULL, NULL, NULL, 81007000, 59000000, 'failed', '2026-11-27 20:00:48.432586+00', NULL),
	(60, 1, '2026-11-28 16:31:48.432586+00', '2026-11-28 15:01:49.08997+00', 'scheduled', 'trade_create_error', NULL, true, NULL, 82380000, 60000000, 'failed', '2026-11-28 16:01:48.432586+00', NULL),
	(9, 2, '2026-11-28 15:01:49.10968+00', '2026-11-28 15:01:49.144012+00', 'history', 'trade_create_error', NULL, NULL, NULL, 11730000, 160000, 'failed', '2020-08-09 18:53:46+00', -627000);


--
-- Data for Name: purchases; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.purchases VALUES
	(9, NULL, '76561198050648523', '7000000001', 'trade_create_error', NULL, NULL, NULL, 160000, 11730000, '1280', 'Taunt: RazorFlip!', '1723112726', '2020-08-09 18:53:46+00', 'failed', NULL, false, NULL, false, '2026-11-28 15:01:49.10968+00', NULL, NULL, '2026-10-17 03:40:48.432586+00', '2026-11-28 15:01:49.10968+00', 2, '2026-11-28 16:01:49.10968+00', 'ended; the debited sum may still change', 218217709, NULL),
	(1, 'order-1', '76561198050648524', '7000000001', 'accepted', NULL, NULL, NULL, 1000000, 1373000, '1280', '★ Karambit | Doppler', '17', '2026-10-10 11:02:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-10 11:32:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(60, 'order-60', '76561198050648523', '7000000001', 'trade_create_error', NULL, true, NULL, 60000000, 82380000, '1280', '★ Karambit | Doppler', '17', '2026-11-28 16:01:48.432586+00', 'failed', NULL, true, NULL, false, NULL, NULL, NULL, '2026-11-28 16:31:48.432586+00', '2026-11-28 16:31:48.432586+00', 1, '2026-11-28 17:01:48.432586+00', 'ended; the debited sum may still change', 218221308, NULL),
	(2, 'order-2', '76561198050648525', '7000000001', 'accepted', NULL, NULL, NULL, 2000000, 2746000, '1280', '★ Karambit | Doppler', '17', '2026-10-11 07:03:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-11 07:33:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(3, 'order-3', '76561198050648526', '7000000001', 'canceled', NULL, NULL, NULL, 3000000, 4119000, '1280', '★ Karambit | Doppler', '17', '2026-10-12 03:04:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-12 03:34:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(4, 'order-4', '76561198050648527', '7000000001', 'timeout', NULL, true, NULL, 4000000, 5492000, '1280', '★ Karambit | Doppler', '17', '2026-10-12 23:05:48.432586+00', 'failed', NULL, true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-12 23:35:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(5, 'order-5', '76561198050648523', '7000000001', 'trade_create_error', 'private_inventory', NULL, NULL, 5000000, 6865000, '1280', '★ Karambit | Doppler', '17', '2026-10-13 19:06:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-13 19:36:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(6, 'order-6', '76561198050648524', '7000000001', 'rollback_user', NULL, NULL, NULL, 6000000, 8238000, '1280', '★ Karambit | Doppler', '17', '2026-10-14 15:07:48.432586+00', 'reversed_by_user', NULL, false, NULL, false, '2026-10-17 15:07:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-10-14 15:37:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(34, 'order-34', '76561198050648527', '7000000001', 'accepted', NULL, NULL, NULL, 34000000, 46682000, '1280', '★ Karambit | Doppler', '17', '2026-11-06 23:35:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-07 00:05:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(7, 'order-7', '76561198050648525', '7000000001', 'rollback_supplier', NULL, NULL, NULL, 7000000, 9611000, '1280', '★ Karambit | Doppler', '17', '2026-10-15 11:08:48.432586+00', 'reversed_by_supplier', NULL, false, NULL, false, '2026-10-18 11:08:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-10-15 11:38:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(8, 'order-8', '76561198050648526', '7000000001', 'waiting_accept', NULL, true, '2026-10-24 07:09:48.432586+00', 8000000, 10984000, '1280', '★ Karambit | Doppler', '17', '2026-10-16 07:09:48.432586+00', 'open', '2026-10-24 07:09:48.432586+00', true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-16 07:39:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(10, 'order-10', '76561198050648523', '7000000001', 'held_by_moon', NULL, NULL, NULL, 10000000, 13730000, '1280', '★ Karambit | Doppler', '17', '2026-10-17 23:11:48.432586+00', 'unknown', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-17 23:41:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'unknown status for 30 days', 2147483647, NULL),
	(11, 'order-11', '76561198050648524', '7000000001', 'accepted', NULL, NULL, NULL, NULL, 15103000, '1280', '★ Karambit | Doppler', '17', '2026-10-18 19:12:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-18 19:42:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(12, 'order-12', '76561198050648525', '7000000001', 'accepted', NULL, true, NULL, 12000000, 16476000, '1280', '★ Karambit | Doppler', '17', '2026-10-19 15:13:48.432586+00', 'reversible', NULL, true, '2026-10-27 15:13:48.432586+00', true, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-19 15:43:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218170909, NULL),
	(13, 'order-13', '76561198050648526', '7000000001', 'accepted', NULL, NULL, NULL, 13000000, NULL, '1280', '★ Karambit | Doppler', '17', '2026-10-20 11:14:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-20 11:44:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(14, 'order-14', '76561198050648527', '7000000001', 'canceled', NULL, NULL, NULL, 14000000, 19222000, '1280', '★ Karambit | Doppler', '17', '2026-10-21 07:15:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-21 07:45:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(15, 'order-15', '76561198050648523', '7000000001', 'timeout', 'private_inventory', NULL, NULL, 15000000, 20595000, '1280', '★ Karambit | Doppler', '17', '2026-10-22 03:16:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-22 03:46:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(16, 'order-16', '76561198050648524', '7000000001', 'trade_create_error', NULL, true, '2026-10-30 23:17:48.432586+00', 16000000, 21968000, '1280', '★ Karambit | Doppler', '17', '2026-10-22 23:17:48.432586+00', 'failed', '2026-10-30 23:17:48.432586+00', true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-22 23:47:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(17, 'order-17', '76561198050648525', '7000000001', 'rollback_user', NULL, NULL, NULL, 17000000, 23341000, '1280', '★ Karambit | Doppler', '17', '2026-10-23 19:18:48.432586+00', 'reversed_by_user', NULL, false, NULL, false, '2026-10-26 19:18:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-10-23 19:48:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(18, 'order-18', '76561198050648526', '7000000001', 'rollback_supplier', NULL, NULL, NULL, 18000000, 24714000, '1280', '★ Karambit | Doppler', '17', '2026-10-24 15:19:48.432586+00', 'reversed_by_supplier', NULL, false, NULL, false, '2026-10-27 15:19:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-10-24 15:49:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(19, 'order-19', '76561198050648527', '7000000001', 'waiting_accept', NULL, NULL, NULL, 19000000, 26087000, '1280', '★ Karambit | Doppler', '17', '2026-10-25 11:20:48.432586+00', 'open', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-25 11:50:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(20, 'order-20', '76561198050648523', '7000000001', 'creating_trade', NULL, true, NULL, 20000000, 27460000, '1280', '★ Karambit | Doppler', '17', '2026-10-26 07:21:48.432586+00', 'open', NULL, true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-26 07:51:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(21, 'order-21', '76561198050648524', '7000000001', 'held_by_moon', NULL, NULL, NULL, 21000000, 28833000, '1280', '★ Karambit | Doppler', '17', '2026-10-27 03:22:48.432586+00', 'unknown', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-27 03:52:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'unknown status for 30 days', 2147483647, NULL),
	(22, 'order-22', '76561198050648525', '7000000001', 'accepted', NULL, NULL, NULL, NULL, 30206000, '1280', '★ Karambit | Doppler', '17', '2026-10-27 23:23:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-27 23:53:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(23, 'order-23', '76561198050648526', '7000000001', 'accepted', NULL, NULL, NULL, 23000000, 31579000, '1280', '★ Karambit | Doppler', '17', '2026-10-28 19:24:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-28 19:54:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(24, 'order-24', '76561198050648527', '7000000001', 'accepted', NULL, true, '2026-11-06 15:25:48.432586+00', 24000000, 32952000, '1280', '★ Karambit | Doppler', '17', '2026-10-29 15:25:48.432586+00', 'reversible', '2026-11-06 15:25:48.432586+00', true, '2026-11-06 15:25:48.432586+00', false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-29 15:55:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218170909, NULL),
	(25, 'order-25', '76561198050648523', '7000000001', 'canceled', 'private_inventory', NULL, NULL, 25000000, 34325000, '1280', '★ Karambit | Doppler', '17', '2026-10-30 11:26:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-30 11:56:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(26, 'order-26', '76561198050648524', '7000000001', 'timeout', NULL, NULL, NULL, 26000000, NULL, '1280', '★ Karambit | Doppler', '17', '2026-10-31 07:27:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-10-31 07:57:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(27, NULL, '76561198050648525', '7000000001', 'trade_create_error', NULL, NULL, NULL, 27000000, 37071000, '1280', '★ Karambit | Doppler', '17', '2026-11-01 03:28:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-01 03:58:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(28, 'order-28', '76561198050648526', '7000000001', 'rollback_user', NULL, NULL, NULL, 28000000, 38444000, '1280', '★ Karambit | Doppler', '17', '2026-11-01 23:29:48.432586+00', 'reversed_by_user', NULL, true, NULL, false, '2026-11-04 23:29:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-11-01 23:59:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(29, 'order-29', '76561198050648527', '7000000001', 'rollback_supplier', NULL, NULL, NULL, 29000000, 39817000, '1280', '★ Karambit | Doppler', '17', '2026-11-02 19:30:48.432586+00', 'reversed_by_supplier', NULL, false, NULL, false, '2026-11-05 19:30:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-11-02 20:00:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(30, 'order-30', '76561198050648523', '7000000001', 'waiting_accept', NULL, NULL, NULL, 30000000, 41190000, '1280', '★ Karambit | Doppler', '17', '2026-11-03 15:31:48.432586+00', 'open', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-03 16:01:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(31, 'order-31', '76561198050648524', '7000000001', 'creating_trade', NULL, NULL, NULL, 31000000, 42563000, '1280', '★ Karambit | Doppler', '17', '2026-11-04 11:32:48.432586+00', 'open', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-04 12:02:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(32, 'order-32', '76561198050648525', '7000000001', 'held_by_moon', NULL, true, '2026-11-13 07:33:48.432586+00', 32000000, 43936000, '1280', '★ Karambit | Doppler', '17', '2026-11-05 07:33:48.432586+00', 'unknown', '2026-11-13 07:33:48.432586+00', true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-05 08:03:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218300509, NULL),
	(33, 'order-33', '76561198050648526', '7000000001', 'accepted', NULL, NULL, NULL, NULL, 45309000, '1280', '★ Karambit | Doppler', '17', '2026-11-06 03:34:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-06 04:04:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(35, 'order-35', '76561198050648523', '7000000001', 'accepted', 'private_inventory', NULL, NULL, 35000000, 48055000, '1280', '★ Karambit | Doppler', '17', '2026-11-07 19:36:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-07 20:06:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(36, NULL, '76561198050648524', '7000000001', 'canceled', NULL, true, NULL, 36000000, 49428000, '1280', '★ Karambit | Doppler', '17', '2026-11-08 15:37:48.432586+00', 'failed', NULL, true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-08 16:07:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(37, 'order-37', '76561198050648525', '7000000001', 'timeout', NULL, NULL, NULL, 37000000, 50801000, '1280', '★ Karambit | Doppler', '17', '2026-11-09 11:38:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-09 12:08:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(38, 'order-38', '76561198050648526', '7000000001', 'trade_create_error', NULL, NULL, NULL, 38000000, 52174000, '1280', '★ Karambit | Doppler', '17', '2026-11-10 07:39:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-10 08:09:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(39, 'order-39', '76561198050648527', '7000000001', 'rollback_user', NULL, NULL, NULL, 39000000, 53547000, '1280', '★ Karambit | Doppler', '17', '2026-11-11 03:40:48.432586+00', 'reversed_by_user', NULL, false, NULL, false, '2026-11-14 03:40:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-11-11 04:10:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(40, 'order-40', '76561198050648523', '7000000001', 'rollback_supplier', NULL, NULL, NULL, 40000000, 54920000, '1280', '★ Karambit | Doppler', '17', '2026-11-11 23:41:48.432586+00', 'reversed_by_supplier', '2026-11-19 23:41:48.432586+00', true, NULL, false, '2026-11-14 23:41:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-11-12 00:11:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(41, 'order-41', '76561198050648524', '7000000001', 'waiting_accept', NULL, NULL, NULL, 41000000, 56293000, '1280', '★ Karambit | Doppler', '17', '2026-11-12 19:42:48.432586+00', 'open', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-12 20:12:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(42, 'order-42', '76561198050648525', '7000000001', 'creating_trade', NULL, NULL, NULL, 42000000, 57666000, '1280', '★ Karambit | Doppler', '17', '2026-11-13 15:43:48.432586+00', 'open', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-13 16:13:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218127709, NULL),
	(43, 'order-43', '76561198050648526', '7000000001', 'held_by_moon', NULL, NULL, NULL, 43000000, 59039000, '1280', '★ Karambit | Doppler', '17', '2026-11-14 11:44:48.432586+00', 'unknown', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-14 12:14:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218300509, NULL),
	(44, 'order-44', '76561198050648527', '7000000001', 'accepted', NULL, true, NULL, NULL, 60412000, '1280', '★ Karambit | Doppler', '17', '2026-11-15 07:45:48.432586+00', 'reversible', NULL, true, '2026-11-23 07:45:48.432586+00', true, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-15 08:15:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-28 21:01:49.279966+00', 'missing from SkinsBack''s answer', 218106109, NULL),
	(45, NULL, '76561198050648523', '7000000001', 'accepted', 'private_inventory', NULL, NULL, 45000000, 61785000, '1280', '★ Karambit | Doppler', '17', '2026-11-16 03:46:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-16 04:16:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(46, 'order-46', '76561198050648524', '7000000001', 'accepted', NULL, NULL, NULL, 46000000, 63158000, '1280', '★ Karambit | Doppler', '17', '2026-11-16 23:47:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-17 00:17:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(47, 'order-47', '76561198050648525', '7000000001', 'canceled', NULL, NULL, NULL, 47000000, 64531000, '1280', '★ Karambit | Doppler', '17', '2026-11-17 19:48:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-17 20:18:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(48, 'order-48', '76561198050648526', '7000000001', 'timeout', NULL, true, '2026-11-26 15:49:48.432586+00', 48000000, 65904000, '1280', '★ Karambit | Doppler', '17', '2026-11-18 15:49:48.432586+00', 'failed', '2026-11-26 15:49:48.432586+00', true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-18 16:19:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(49, 'order-49', '76561198050648527', '7000000001', 'trade_create_error', NULL, NULL, NULL, 49000000, 67277000, '1280', '★ Karambit | Doppler', '17', '2026-11-19 11:50:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-19 12:20:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL);
INSERT INTO public.purchases VALUES
	(50, 'order-50', '76561198050648523', '7000000001', 'rollback_user', NULL, NULL, NULL, 50000000, 68650000, '1280', '★ Karambit | Doppler', '17', '2026-11-20 07:51:48.432586+00', 'reversed_by_user', NULL, false, NULL, false, '2026-11-23 07:51:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-11-20 08:21:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(51, 'order-51', '76561198050648524', '7000000001', 'rollback_supplier', NULL, NULL, NULL, 51000000, 70023000, '1280', '★ Karambit | Doppler', '17', '2026-11-21 03:52:48.432586+00', 'reversed_by_supplier', NULL, false, NULL, false, '2026-11-24 03:52:48.432586+00', NULL, '2026-11-28 15:01:49.279966+00', '2026-11-21 04:22:48.432586+00', '2026-11-28 15:01:49.279966+00', 2, NULL, 'settled', 2147483647, NULL),
	(52, 'order-52', '76561198050648525', '7000000001', 'waiting_accept', NULL, true, NULL, 52000000, NULL, '1280', '★ Karambit | Doppler', '17', '2026-11-21 23:53:48.432586+00', 'open', NULL, true, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-22 00:23:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-28 18:01:49.279966+00', 'missing from SkinsBack''s answer', 218052109, NULL),
	(53, 'order-53', '76561198050648526', '7000000001', 'creating_trade', NULL, NULL, NULL, 53000000, 72769000, '1280', '★ Karambit | Doppler', '17', '2026-11-22 19:54:48.432586+00', 'open', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-22 20:24:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-28 18:01:49.279966+00', 'missing from SkinsBack''s answer', 218052109, NULL),
	(54, NULL, '76561198050648527', '7000000001', 'held_by_moon', NULL, NULL, NULL, 54000000, 74142000, '1280', '★ Karambit | Doppler', '17', '2026-11-23 15:55:48.432586+00', 'unknown', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-23 16:25:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-29 15:01:49.279966+00', 'missing from SkinsBack''s answer', 218300509, NULL),
	(55, 'order-55', '76561198050648523', '7000000001', 'accepted', 'private_inventory', NULL, NULL, NULL, 75515000, '1280', '★ Karambit | Doppler', '17', '2026-11-24 11:56:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-24 12:26:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(56, 'order-56', '76561198050648524', '7000000001', 'accepted', NULL, true, '2026-12-03 07:57:48.432586+00', 56000000, 76888000, '1280', '★ Karambit | Doppler', '17', '2026-11-25 07:57:48.432586+00', 'reversible', '2026-12-03 07:57:48.432586+00', true, '2026-12-03 07:57:48.432586+00', false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-25 08:27:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-28 21:01:49.279966+00', 'missing from SkinsBack''s answer', 218130169, NULL),
	(57, 'order-57', '76561198050648525', '7000000001', 'accepted', NULL, NULL, NULL, 57000000, 78261000, '1280', '★ Karambit | Doppler', '17', '2026-11-26 03:58:48.432586+00', 'final', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-26 04:28:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(58, 'order-58', '76561198050648526', '7000000001', 'canceled', NULL, NULL, NULL, 58000000, 79634000, '1280', '★ Karambit | Doppler', '17', '2026-11-26 23:59:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-27 00:29:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, NULL, 'settled', 2147483647, NULL),
	(59, 'order-59', '76561198050648527', '7000000001', 'timeout', NULL, NULL, NULL, 59000000, 81007000, '1280', '★ Karambit | Doppler', '17', '2026-11-27 20:00:48.432586+00', 'failed', NULL, false, NULL, false, NULL, NULL, '2026-11-28 15:01:49.279966+00', '2026-11-27 20:30:48.432586+00', '2026-11-28 15:01:49.279966+00', 1, '2026-11-28 20:00:48.432586+00', 'missing from SkinsBack''s answer', 218232048, NULL);


--
-- Data for Name: pushed_events_minutes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.pushed_events_minutes VALUES
	('2026-11-28 15:01:48.432586+00', 'webhook', '1', 1);


--
-- Data for Name: reconciliation_blocks; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reconciliation_blocks VALUES
	(1, 'agreed', 1, '\x78018b8e36d251ca2f4a492dd23554d231d4514a4c4e4e2d28494d51d2514acbcc4bcc01d246064666ba860640146268686560646562a167626c646a61a66d60606560005462a8676c6e8c442bc5c6020027021532'),
	(1, 'differs', 1, '\x78011dca410a80201445d1bdfc692acfafa9b98e66e240d420888a68ff248d0e176e4a46d0f5b4fe4826c1824aadfd7e7b2341db7e9663c8602735a4d62b7c848936286b780e6e0222309645fdb0f2d68da49c3f13ef150c'),
	(1, 'only_them', 1, '\x78018b8e36d151ca2f4a492dd2b5b454d2c92bcdc94127940cf50c0ca0524a4ab1b100a8c40ff2');


--
-- Data for Name: reconciliations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reconciliations VALUES
	(1, 'october.csv', 'admin@shop.example', '2026-11-28 15:01:49.871679+00', 'UTC', '2026-10-10 11:02:48.432586+00', '2026-10-11 07:03:48.432587+00', false, true, '{"agreed": [1, "1.373", "1.373"], "differs": [1, "9.00", "2.746"], "only_us": [0, "0.00", "0.00"], "only_them": [1, "1.00", "0.00"], "repeated": [0, "0.00", "0.00"]}', '2026-11-28 15:01:49.892528+00');


--
-- Data for Name: request_budget; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.request_budget VALUES
	('skinsback', 0, 0);


--
-- Data for Name: request_minutes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.request_minutes VALUES
	('2026-11-28 15:01:00+00', 'success', false, NULL, 2, 8537, 4581),
	('2026-11-28 15:01:00+00', 'offer_not_found', false, 2, 1, 4287, 4287);


--
-- Data for Name: request_slots; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.request_slots VALUES
	(1, 1795878109115355, false),
	(2, 1795878109247776, false),
	(3, 1795878109380197, false);


--
-- Data for Name: sent_reports; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sent_reports VALUES
	(1, '2026-10', 'first', 'UTC', 1, '2026-11-28 15:01:48.432586+00', '2026-11-28 15:01:48.432586+00', false, '{"final": "12.5"}', 'a@shop.example', '');


--
-- Data for Name: set_aside_records; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: sign_in_failures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sign_in_failures VALUES
	(1, 'pair:nobody@shop.example|127.0.0.1', '2026-11-28 15:01:50.251464+00'),
	(2, 'address:127.0.0.1', '2026-11-28 15:01:50.251464+00'),
	(3, 'email:nobody@shop.example', '2026-11-28 15:01:50.251464+00');


--
-- Data for Name: skinsback_state; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.skinsback_state VALUES
	('skinsback', '2026-11-28 15:01:49.124365+00', NULL, NULL, 0, NULL, '', '', false, NULL, NULL, '');


--
-- Data for Name: slow_statements; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.slow_statements VALUES
	('2026-11-28 15:01:48.432586+00', 'x', 'SELECT 1', 2, 10, 9, '2026-11-28 15:01:48.432586+00');


--
-- Data for Name: user_sessions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.user_sessions VALUES
	('f176dc6dc4f676603e78f9efd8e908a3a9a68d8561e084fef2122716827ff84a', 1, '2026-11-28 15:01:49.745094+00');


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES
	(1, 'admin@shop.example', '$argon2id$v=19$m=8,t=1,p=1$PqTV1fOqng634JBa7w4PuQ$i5WHwYpAqloiTHdA6toW6wZSlHm5/hZifhdL7P3xFI0', 'admin', true, '2026-11-28 15:01:49.606488+00', '2026-11-28 15:01:49.741149+00');


--
-- Data for Name: wanted_purchases; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: alert_deliveries_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.alert_deliveries_id_seq', 1, true);


--
-- Name: alert_rules_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.alert_rules_id_seq', 10, true);


--
-- Name: alerts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.alerts_id_seq', 1, true);


--
-- Name: balance_readings_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.balance_readings_id_seq', 2, true);


--
-- Name: closed_reports_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.closed_reports_id_seq', 1, true);


--
-- Name: finding_resolutions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.finding_resolutions_id_seq', 32, true);


--
-- Name: history_imports_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.history_imports_id_seq', 1, true);


--
-- Name: job_runs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.job_runs_id_seq', 1, true);


--
-- Name: purchase_notes_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.purchase_notes_id_seq', 1, true);


--
-- Name: reconciliations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.reconciliations_id_seq', 1, true);


--
-- Name: request_slots_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.request_slots_id_seq', 3, true);


--
-- Name: sent_reports_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sent_reports_id_seq', 1, true);


--
-- Name: set_aside_records_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.set_aside_records_id_seq', 1, false);


--
-- Name: sign_in_failures_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sign_in_failures_id_seq', 3, true);


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.users_id_seq', 1, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: alert_deliveries pk_alert_deliveries; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_deliveries
    ADD CONSTRAINT pk_alert_deliveries PRIMARY KEY (id);


--
-- Name: alert_rules pk_alert_rules; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT pk_alert_rules PRIMARY KEY (id);


--
-- Name: alerts pk_alerts; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT pk_alerts PRIMARY KEY (id);


--
-- Name: balance_readings pk_balance_readings; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balance_readings
    ADD CONSTRAINT pk_balance_readings PRIMARY KEY (id);


--
-- Name: closed_reports pk_closed_reports; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.closed_reports
    ADD CONSTRAINT pk_closed_reports PRIMARY KEY (id);


--
-- Name: drift pk_drift; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.drift
    ADD CONSTRAINT pk_drift PRIMARY KEY (kind, value);


--
-- Name: finding_checks pk_finding_checks; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.finding_checks
    ADD CONSTRAINT pk_finding_checks PRIMARY KEY (name);


--
-- Name: finding_resolutions pk_finding_resolutions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.finding_resolutions
    ADD CONSTRAINT pk_finding_resolutions PRIMARY KEY (id);


--
-- Name: findings pk_findings; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT pk_findings PRIMARY KEY (kind, buy_id);


--
-- Name: history_imports pk_history_imports; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.history_imports
    ADD CONSTRAINT pk_history_imports PRIMARY KEY (id);


--
-- Name: hold_totals pk_hold_totals; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hold_totals
    ADD CONSTRAINT pk_hold_totals PRIMARY KEY (starts_at);


--
-- Name: job_runs pk_job_runs; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_runs
    ADD CONSTRAINT pk_job_runs PRIMARY KEY (id);


--
-- Name: leases pk_leases; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT pk_leases PRIMARY KEY (name);


--
-- Name: money_totals pk_money_totals; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.money_totals
    ADD CONSTRAINT pk_money_totals PRIMARY KEY (span, starts_at, part);


--
-- Name: outcome_totals pk_outcome_totals; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome_totals
    ADD CONSTRAINT pk_outcome_totals PRIMARY KEY (span, starts_at, offer_status, error_reason);


--
-- Name: purchase_answers pk_purchase_answers; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_answers
    ADD CONSTRAINT pk_purchase_answers PRIMARY KEY (buy_id);


--
-- Name: purchase_notes pk_purchase_notes; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_notes
    ADD CONSTRAINT pk_purchase_notes PRIMARY KEY (id);


--
-- Name: purchase_versions pk_purchase_versions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_versions
    ADD CONSTRAINT pk_purchase_versions PRIMARY KEY (buy_id, version);


--
-- Name: purchases pk_purchases; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchases
    ADD CONSTRAINT pk_purchases PRIMARY KEY (buy_id);


--
-- Name: pushed_events_minutes pk_pushed_events_minutes; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pushed_events_minutes
    ADD CONSTRAINT pk_pushed_events_minutes PRIMARY KEY (minute, source, event);


--
-- Name: reconciliation_blocks pk_reconciliation_blocks; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reconciliation_blocks
    ADD CONSTRAINT pk_reconciliation_blocks PRIMARY KEY (reconciliation_id, outcome, first_place);


--
-- Name: reconciliations pk_reconciliations; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reconciliations
    ADD CONSTRAINT pk_reconciliations PRIMARY KEY (id);


--
-- Name: request_budget pk_request_budget; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.request_budget
    ADD CONSTRAINT pk_request_budget PRIMARY KEY (name);


--
-- Name: request_minutes pk_request_minutes; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.request_minutes
    ADD CONSTRAINT pk_request_minutes PRIMARY KEY (minute, outcome, for_people);


--
-- Name: request_slots pk_request_slots; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.request_slots
    ADD CONSTRAINT pk_request_slots PRIMARY KEY (id);


--
-- Name: sent_reports pk_sent_reports; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sent_reports
    ADD CONSTRAINT pk_sent_reports PRIMARY KEY (id);


--
-- Name: set_aside_records pk_set_aside_records; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.set_aside_records
    ADD CONSTRAINT pk_set_aside_records PRIMARY KEY (id);


--
-- Name: sign_in_failures pk_sign_in_failures; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sign_in_failures
    ADD CONSTRAINT pk_sign_in_failures PRIMARY KEY (id);


--
-- Name: skinsback_state pk_skinsback_state; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.skinsback_state
    ADD CONSTRAINT pk_skinsback_state PRIMARY KEY (name);


--
-- Name: slow_statements pk_slow_statements; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slow_statements
    ADD CONSTRAINT pk_slow_statements PRIMARY KEY (day, digest);


--
-- Name: user_sessions pk_user_sessions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT pk_user_sessions PRIMARY KEY (token_digest);


--
-- Name: users pk_users; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT pk_users PRIMARY KEY (id);


--
-- Name: wanted_purchases pk_wanted_purchases; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wanted_purchases
    ADD CONSTRAINT pk_wanted_purchases PRIMARY KEY (buy_id);


--
-- Name: alert_deliveries uq_alert_deliveries_alert_id_receiver_occasion; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_deliveries
    ADD CONSTRAINT uq_alert_deliveries_alert_id_receiver_occasion UNIQUE (alert_id, receiver, occasion);


--
-- Name: alert_rules uq_alert_rules_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT uq_alert_rules_key UNIQUE (key);


--
-- Name: alerts uq_alerts_open_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT uq_alerts_open_key UNIQUE (open_key);


--
-- Name: sent_reports uq_sent_reports_month_kind; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sent_reports
    ADD CONSTRAINT uq_sent_reports_month_kind UNIQUE (month, kind);


--
-- Name: set_aside_records uq_set_aside_records_digest; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.set_aside_records
    ADD CONSTRAINT uq_set_aside_records_digest UNIQUE (digest);


--
-- Name: users uq_users_email; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT uq_users_email UNIQUE (email);


--
-- Name: ix_alert_deliveries_next_try_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_alert_deliveries_next_try_at ON public.alert_deliveries USING btree (next_try_at);


--
-- Name: ix_alerts_opened_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_alerts_opened_at ON public.alerts USING btree (opened_at);


--
-- Name: ix_alerts_rule_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_alerts_rule_id ON public.alerts USING btree (rule_id);


--
-- Name: ix_balance_readings_read_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_balance_readings_read_at ON public.balance_readings USING btree (read_at);


--
-- Name: ix_closed_reports_period; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_closed_reports_period ON public.closed_reports USING btree (first_day, last_day, zone, id);


--
-- Name: ix_drift_first_seen_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_drift_first_seen_at ON public.drift USING btree (first_seen_at);


--
-- Name: ix_finding_resolutions_kind_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_finding_resolutions_kind_buy_id ON public.finding_resolutions USING btree (kind, buy_id);


--
-- Name: ix_findings_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_findings_buy_id ON public.findings USING btree (buy_id);


--
-- Name: ix_findings_kind_resolved_at_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_findings_kind_resolved_at_buy_id ON public.findings USING btree (kind, resolved_at, buy_id);


--
-- Name: ix_history_imports_completed_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_history_imports_completed_at ON public.history_imports USING btree (completed_at);


--
-- Name: ix_job_runs_job_started_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_job_runs_job_started_at ON public.job_runs USING btree (job, started_at);


--
-- Name: ix_purchase_notes_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchase_notes_buy_id ON public.purchase_notes USING btree (buy_id);


--
-- Name: ix_purchase_versions_changes_dated; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchase_versions_changes_dated ON public.purchase_versions USING btree (date, debited_change) WHERE (debited_change IS NOT NULL);


--
-- Name: ix_purchase_versions_changes_recorded; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchase_versions_changes_recorded ON public.purchase_versions USING btree (recorded_at, debited_change) WHERE (debited_change IS NOT NULL);


--
-- Name: ix_purchase_versions_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchase_versions_date_buy_id ON public.purchase_versions USING btree (date, buy_id);


--
-- Name: ix_purchase_versions_recorded_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchase_versions_recorded_at ON public.purchase_versions USING btree (recorded_at);


--
-- Name: ix_purchases_balance_debited_sum_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_balance_debited_sum_buy_id ON public.purchases USING btree (balance_debited_sum, buy_id);


--
-- Name: ix_purchases_custom_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_custom_id ON public.purchases USING btree (custom_id);


--
-- Name: ix_purchases_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_date_buy_id ON public.purchases USING btree (date, buy_id);


--
-- Name: ix_purchases_due_at_urgency; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_due_at_urgency ON public.purchases USING btree (due_at, urgency);


--
-- Name: ix_purchases_error_reason_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_error_reason_date_buy_id ON public.purchases USING btree (error_reason, date, buy_id);


--
-- Name: ix_purchases_hold_ends_at_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_hold_ends_at_buy_id ON public.purchases USING btree (hold_ends_at, buy_id);


--
-- Name: ix_purchases_item_name_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_item_name_date_buy_id ON public.purchases USING btree (item_name, date, buy_id);


--
-- Name: ix_purchases_offer_status_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_offer_status_date_buy_id ON public.purchases USING btree (offer_status, date, buy_id);


--
-- Name: ix_purchases_part_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_part_date_buy_id ON public.purchases USING btree (part, date, buy_id);


--
-- Name: ix_purchases_steamid_date_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_steamid_date_buy_id ON public.purchases USING btree (steamid, date, buy_id);


--
-- Name: ix_purchases_tradeofferid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_purchases_tradeofferid ON public.purchases USING btree (tradeofferid);


--
-- Name: ix_reconciliations_made_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_reconciliations_made_at ON public.reconciliations USING btree (made_at);


--
-- Name: ix_request_slots_at_us; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_request_slots_at_us ON public.request_slots USING btree (at_us);


--
-- Name: ix_request_slots_for_people_at_us; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_request_slots_for_people_at_us ON public.request_slots USING btree (for_people, at_us);


--
-- Name: ix_set_aside_records_buy_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_set_aside_records_buy_id ON public.set_aside_records USING btree (buy_id);


--
-- Name: ix_sign_in_failures_subject_failed_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sign_in_failures_subject_failed_at ON public.sign_in_failures USING btree (subject, failed_at);


--
-- Name: ix_slow_statements_day_slowest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_slow_statements_day_slowest ON public.slow_statements USING btree (day, slowest);


--
-- Name: ix_user_sessions_user_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_user_sessions_user_id ON public.user_sessions USING btree (user_id);


--
-- Name: ix_wanted_purchases_due_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_wanted_purchases_due_at ON public.wanted_purchases USING btree (due_at);


--
-- Name: alert_deliveries fk_alert_deliveries_alert_id_alerts; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alert_deliveries
    ADD CONSTRAINT fk_alert_deliveries_alert_id_alerts FOREIGN KEY (alert_id) REFERENCES public.alerts(id);


--
-- Name: alerts fk_alerts_rule_id_alert_rules; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT fk_alerts_rule_id_alert_rules FOREIGN KEY (rule_id) REFERENCES public.alert_rules(id);


--
-- Name: findings fk_findings_buy_id_purchases; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT fk_findings_buy_id_purchases FOREIGN KEY (buy_id) REFERENCES public.purchases(buy_id);


--
-- Name: purchase_answers fk_purchase_answers_buy_id_purchases; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_answers
    ADD CONSTRAINT fk_purchase_answers_buy_id_purchases FOREIGN KEY (buy_id) REFERENCES public.purchases(buy_id);


--
-- Name: purchase_notes fk_purchase_notes_buy_id_purchases; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_notes
    ADD CONSTRAINT fk_purchase_notes_buy_id_purchases FOREIGN KEY (buy_id) REFERENCES public.purchases(buy_id);


--
-- Name: purchase_versions fk_purchase_versions_buy_id_purchases; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.purchase_versions
    ADD CONSTRAINT fk_purchase_versions_buy_id_purchases FOREIGN KEY (buy_id) REFERENCES public.purchases(buy_id);


--
-- Name: reconciliation_blocks fk_reconciliation_blocks_reconciliation_id_reconciliations; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reconciliation_blocks
    ADD CONSTRAINT fk_reconciliation_blocks_reconciliation_id_reconciliations FOREIGN KEY (reconciliation_id) REFERENCES public.reconciliations(id);


--
-- Name: user_sessions fk_user_sessions_user_id_users; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT fk_user_sessions_user_id_users FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- PostgreSQL database dump complete
--

\unrestrict rWJLK0k8Q4hrdetSdqtHQbgnMKMmkC0RIJI5NsgbvdYHGSd3OiISGVK1Wi2ntxN

