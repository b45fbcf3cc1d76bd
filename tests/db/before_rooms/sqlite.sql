BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010_six_hours');
CREATE TABLE alert_deliveries (
	id INTEGER NOT NULL, 
	alert_id INTEGER NOT NULL, 
	receiver VARCHAR(300) NOT NULL, 
	occasion VARCHAR(16) NOT NULL, 
	tries INTEGER NOT NULL, 
	next_try_at DATETIME, 
	sent_at DATETIME, 
	error VARCHAR(500) NOT NULL, 
	CONSTRAINT pk_alert_deliveries PRIMARY KEY (id), 
	CONSTRAINT uq_alert_deliveries_alert_id_receiver_occasion UNIQUE (alert_id, receiver, occasion), 
	CONSTRAINT fk_alert_deliveries_alert_id_alerts FOREIGN KEY(alert_id) REFERENCES alerts (id)
);
INSERT INTO "alert_deliveries" VALUES(1,1,'mail:anna@shop.example','opened',1,NULL,'2026-11-28 15:01:44.727921','');
CREATE TABLE alert_rules (
	id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	settings TEXT NOT NULL, 
	is_enabled BOOLEAN NOT NULL, 
	muted_until DATETIME, 
	muted_by VARCHAR(254) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	updated_by VARCHAR(254) NOT NULL, 
	CONSTRAINT pk_alert_rules PRIMARY KEY (id), 
	CONSTRAINT uq_alert_rules_key UNIQUE ("key")
);
INSERT INTO "alert_rules" VALUES(1,'skinsback-failures','failure_rate','SkinsBack cannot make trades','{"side": "skinsback", "window_minutes": 15, "least_failed": 8, "percent": 25, "times_normal": 3, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(2,'sold-out','failure_rate','Skins are sold out everywhere','{"side": "sold_out", "window_minutes": 60, "least_failed": 20, "percent": 50, "times_normal": 3, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(3,'customer-failures','failure_rate','Customers'' accounts or offers fail','{"side": "customer", "window_minutes": 60, "least_failed": 20, "percent": 50, "times_normal": 2, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(4,'item-failing','item_failing','One item cannot be delivered','{"window_minutes": 360, "least_customers": 15, "quiet_minutes": 30}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(5,'user-reversals','user_reversals','One user reverses many trades','{"window_hours": 24, "least_reversals": 5, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(6,'stuck','stuck','Purchases hang at SkinsBack','{"minutes": 15, "least_purchases": 5, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(7,'unknown-values','unknown_values','SkinsBack sends something unknown','{"window_hours": 24, "least_answers": 1, "quiet_minutes": 60}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(8,'refresh-stopped','refresh_stopped','Statuses are not being refreshed','{"minutes": 2, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(9,'balance-low','balance_low','The balance runs low','{"dollars": 500, "quiet_minutes": 30}',1,NULL,'','2026-11-28 15:01:44.727921','');
INSERT INTO "alert_rules" VALUES(10,'api-errors','api_errors','SkinsBack does not answer','{"minutes": 2, "quiet_minutes": 10}',1,NULL,'','2026-11-28 15:01:44.727921','');
CREATE TABLE alerts (
	id INTEGER NOT NULL, 
	rule_id INTEGER NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	open_key VARCHAR(64), 
	sentence TEXT NOT NULL, 
	figures TEXT NOT NULL, 
	buy_ids TEXT NOT NULL, 
	link TEXT NOT NULL, 
	latest TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	calm_since DATETIME, 
	closed_at DATETIME, 
	closed_because VARCHAR(200) NOT NULL, 
	acknowledged_at DATETIME, 
	acknowledged_by VARCHAR(254) NOT NULL, 
	is_silent BOOLEAN NOT NULL, 
	CONSTRAINT pk_alerts PRIMARY KEY (id), 
	CONSTRAINT uq_alerts_open_key UNIQUE (open_key), 
	CONSTRAINT fk_alerts_rule_id_alert_rules FOREIGN KEY(rule_id) REFERENCES alert_rules (id)
);
INSERT INTO "alerts" VALUES(1,4,'Taunt',NULL,'Taunt failed for 15 customers in a row.','{}','[9]','/purchases?q=Taunt','','2026-11-27 15:01:44.727921','2026-11-28 15:01:44.727921',NULL,'2026-11-28 15:01:44.727921','quiet',NULL,'',0);
CREATE TABLE balance_readings (
	id INTEGER NOT NULL, 
	read_at DATETIME NOT NULL, 
	amount BIGINT NOT NULL, 
	source VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_balance_readings PRIMARY KEY (id)
);
INSERT INTO "balance_readings" VALUES(1,'2026-11-28 15:01:45.203538',6723350000,'schedule');
INSERT INTO "balance_readings" VALUES(2,'2026-11-26 15:01:44.727921',812345000,'event');
CREATE TABLE closed_reports (
	id INTEGER NOT NULL, 
	closed_by_email VARCHAR(254) NOT NULL, 
	as_of DATETIME NOT NULL, 
	first_day VARCHAR(10) NOT NULL, 
	last_day VARCHAR(10) NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	cut_by VARCHAR(8) NOT NULL, 
	count BIGINT NOT NULL, 
	debited BIGINT NOT NULL, 
	figures TEXT NOT NULL, 
	CONSTRAINT pk_closed_reports PRIMARY KEY (id)
);
INSERT INTO "closed_reports" VALUES(1,'anna@shop.example','2026-11-28 15:01:45.431440','2026-10-10','2026-11-08','Europe/Berlin','week',35,848514000,'{"rows": [{"starts": "2026-10-05", "first": "2026-10-10", "last": "2026-10-11", "parts": {"final": {"count": 2, "debited": "4.119", "price": "3.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-10-12", "first": "2026-10-12", "last": "2026-10-18", "parts": {"failed": {"count": 3, "debited": "16.476", "price": "12.00", "price_missing": 0, "debited_missing": 0}, "final": {"count": 1, "debited": "15.103", "price": "0.00", "price_missing": 1, "debited_missing": 0}, "open": {"count": 1, "debited": "10.984", "price": "8.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_supplier": {"count": 1, "debited": "9.611", "price": "7.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_user": {"count": 1, "debited": "8.238", "price": "6.00", "price_missing": 0, "debited_missing": 0}, "unknown": {"count": 1, "debited": "13.73", "price": "10.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-10-19", "first": "2026-10-19", "last": "2026-10-25", "parts": {"failed": {"count": 3, "debited": "61.785", "price": "45.00", "price_missing": 0, "debited_missing": 0}, "final": {"count": 1, "debited": "0.00", "price": "13.00", "price_missing": 0, "debited_missing": 1}, "open": {"count": 1, "debited": "26.087", "price": "19.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_supplier": {"count": 1, "debited": "24.714", "price": "18.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_user": {"count": 1, "debited": "23.341", "price": "17.00", "price_missing": 0, "debited_missing": 0}, "reversible": {"count": 1, "debited": "16.476", "price": "12.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-10-26", "first": "2026-10-26", "last": "2026-11-01", "parts": {"failed": {"count": 3, "debited": "71.396", "price": "78.00", "price_missing": 0, "debited_missing": 1}, "final": {"count": 2, "debited": "61.785", "price": "23.00", "price_missing": 1, "debited_missing": 0}, "open": {"count": 1, "debited": "27.46", "price": "20.00", "price_missing": 0, "debited_missing": 0}, "reversible": {"count": 1, "debited": "32.952", "price": "24.00", "price_missing": 0, "debited_missing": 0}, "unknown": {"count": 1, "debited": "28.833", "price": "21.00", "price_missing": 0, "debited_missing": 0}}}, {"starts": "2026-11-02", "first": "2026-11-02", "last": "2026-11-08", "parts": {"failed": {"count": 1, "debited": "49.428", "price": "36.00", "price_missing": 0, "debited_missing": 0}, "final": {"count": 3, "debited": "140.046", "price": "69.00", "price_missing": 1, "debited_missing": 0}, "open": {"count": 2, "debited": "83.753", "price": "61.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_supplier": {"count": 1, "debited": "39.817", "price": "29.00", "price_missing": 0, "debited_missing": 0}, "reversed_by_user": {"count": 1, "debited": "38.444", "price": "28.00", "price_missing": 0, "debited_missing": 0}, "unknown": {"count": 1, "debited": "43.936", "price": "32.00", "price_missing": 0, "debited_missing": 0}}}], "before": {}}');
CREATE TABLE drift (
	kind VARCHAR(16) NOT NULL, 
	value VARCHAR(200) NOT NULL, 
	times BIGINT NOT NULL, 
	first_seen_at DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	first_buy_id BIGINT, 
	first_raw TEXT NOT NULL, 
	CONSTRAINT pk_drift PRIMARY KEY (kind, value)
);
INSERT INTO "drift" VALUES('status','held_by_moon',5,'2026-10-17 23:41:44.727921','2026-11-23 16:25:44.727921',10,'{"buy_id": 10, "offer_status": "held_by_moon"}');
CREATE TABLE finding_checks (
	name VARCHAR(32) NOT NULL, 
	checked_until DATETIME NOT NULL, 
	ratios TEXT NOT NULL, 
	CONSTRAINT pk_finding_checks PRIMARY KEY (name)
);
INSERT INTO "finding_checks" VALUES('findings','2026-11-28 15:01:45.358130','{"tolerance": "1.00", "ratios": [{"ratio": "1.373", "count": 51, "debited": "2148.745", "price": "1565.00"}]}');
CREATE TABLE finding_resolutions (
	id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	buy_id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	by_email VARCHAR(254) NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_finding_resolutions PRIMARY KEY (id)
);
INSERT INTO "finding_resolutions" VALUES(1,'delivered_free',13,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(2,'failed_debited',3,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(3,'failed_debited',4,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(4,'failed_debited',5,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(5,'failed_debited',9,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(6,'failed_debited',14,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(7,'failed_debited',15,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(8,'failed_debited',16,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(9,'failed_debited',25,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(10,'failed_debited',27,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(11,'failed_debited',36,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(12,'failed_debited',37,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(13,'failed_debited',38,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(14,'failed_debited',47,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(15,'failed_debited',48,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(16,'failed_debited',49,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(17,'failed_debited',58,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(18,'failed_debited',59,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(19,'failed_debited',60,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(20,'no_custom_id',9,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(21,'no_custom_id',27,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(22,'no_custom_id',36,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(23,'no_custom_id',45,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(24,'no_custom_id',54,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(25,'off_price',9,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(26,'reversed_by_supplier',7,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(27,'reversed_by_supplier',18,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(28,'reversed_by_supplier',29,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(29,'reversed_by_supplier',40,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(30,'reversed_by_supplier',51,'2026-11-28 15:01:45.401075','found','the dashboard','');
INSERT INTO "finding_resolutions" VALUES(31,'delivered_free',13,'2026-11-28 15:01:45.413295','owned','anna@shop.example','');
INSERT INTO "finding_resolutions" VALUES(32,'delivered_free',13,'2026-11-28 15:01:45.417279','resolved','anna@shop.example','Asked SkinsBack.');
CREATE TABLE findings (
	kind VARCHAR(24) NOT NULL, 
	buy_id INTEGER NOT NULL, 
	found_at DATETIME NOT NULL, 
	amount BIGINT NOT NULL, 
	other_buy_id BIGINT, 
	holds BOOLEAN NOT NULL, 
	owner_email VARCHAR(254), 
	resolved_at DATETIME, 
	resolved_by VARCHAR(254), 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_findings PRIMARY KEY (kind, buy_id), 
	CONSTRAINT fk_findings_buy_id_purchases FOREIGN KEY(buy_id) REFERENCES purchases (buy_id)
);
INSERT INTO "findings" VALUES('delivered_free',13,'2026-11-28 15:01:45.401075',13000000,NULL,1,'anna@shop.example','2026-11-28 15:01:45.414405','anna@shop.example','Asked SkinsBack.');
INSERT INTO "findings" VALUES('failed_debited',3,'2026-11-28 15:01:45.401075',4119000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',4,'2026-11-28 15:01:45.401075',5492000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',5,'2026-11-28 15:01:45.401075',6865000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',9,'2026-11-28 15:01:45.401075',11730000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',14,'2026-11-28 15:01:45.401075',19222000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',15,'2026-11-28 15:01:45.401075',20595000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',16,'2026-11-28 15:01:45.401075',21968000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',25,'2026-11-28 15:01:45.401075',34325000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',27,'2026-11-28 15:01:45.401075',37071000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',36,'2026-11-28 15:01:45.401075',49428000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',37,'2026-11-28 15:01:45.401075',50801000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',38,'2026-11-28 15:01:45.401075',52174000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',47,'2026-11-28 15:01:45.401075',64531000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',48,'2026-11-28 15:01:45.401075',65904000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',49,'2026-11-28 15:01:45.401075',67277000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',58,'2026-11-28 15:01:45.401075',79634000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',59,'2026-11-28 15:01:45.401075',81007000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('failed_debited',60,'2026-11-28 15:01:45.401075',82380000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('no_custom_id',9,'2026-11-28 15:01:45.401075',11730000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('no_custom_id',27,'2026-11-28 15:01:45.401075',37071000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('no_custom_id',36,'2026-11-28 15:01:45.401075',49428000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('no_custom_id',45,'2026-11-28 15:01:45.401075',61785000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('no_custom_id',54,'2026-11-28 15:01:45.401075',74142000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('off_price',9,'2026-11-28 15:01:45.401075',11570000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('reversed_by_supplier',7,'2026-11-28 15:01:45.401075',9611000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('reversed_by_supplier',18,'2026-11-28 15:01:45.401075',24714000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('reversed_by_supplier',29,'2026-11-28 15:01:45.401075',39817000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('reversed_by_supplier',40,'2026-11-28 15:01:45.401075',54920000,NULL,1,NULL,NULL,NULL,'');
INSERT INTO "findings" VALUES('reversed_by_supplier',51,'2026-11-28 15:01:45.401075',70023000,NULL,1,NULL,NULL,NULL,'');
CREATE TABLE "history_imports" (
	id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	start_from TEXT, 
	pages INTEGER NOT NULL, 
	items INTEGER NOT NULL, 
	total_count INTEGER, 
	started_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	completed_at DATETIME, 
	CONSTRAINT pk_history_imports PRIMARY KEY (id)
);
INSERT INTO "history_imports" VALUES(1,'1996-12-05 15:01:44.727921','2026-11-28 15:01:44.727921',NULL,1,1,1,'2026-11-28 15:01:45.058678','2026-11-28 15:01:45.083206','2026-11-28 15:01:45.083206');
CREATE TABLE hold_totals (
	starts_at DATETIME NOT NULL, 
	count BIGINT NOT NULL, 
	debited BIGINT NOT NULL, 
	price BIGINT NOT NULL, 
	price_missing BIGINT NOT NULL, 
	debited_missing BIGINT NOT NULL, 
	estimates BIGINT NOT NULL, 
	CONSTRAINT pk_hold_totals PRIMARY KEY (starts_at)
)
 WITHOUT ROWID

;
INSERT INTO "hold_totals" VALUES('2026-10-27 15:00:00.000000',1,16476000,12000000,0,0,1);
INSERT INTO "hold_totals" VALUES('2026-11-06 15:15:00.000000',1,32952000,24000000,0,0,0);
INSERT INTO "hold_totals" VALUES('2026-11-23 07:45:00.000000',1,60412000,0,1,0,1);
INSERT INTO "hold_totals" VALUES('2026-12-03 07:45:00.000000',1,76888000,56000000,0,0,0);
CREATE TABLE job_runs (
	id INTEGER NOT NULL, 
	job VARCHAR(32) NOT NULL, 
	holder VARCHAR(128) NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	outcome VARCHAR(16) NOT NULL, 
	detail TEXT NOT NULL, updated_at DATETIME NOT NULL, length_us BIGINT, 
	CONSTRAINT pk_job_runs PRIMARY KEY (id)
);
INSERT INTO "job_runs" VALUES(1,'refresh','before:1','2026-11-28 15:01:44.727921','2026-11-28 15:01:46.331064','done','60 asked','2026-11-28 15:01:46.331064',1603143);
CREATE TABLE leases (
	name VARCHAR(32) NOT NULL, 
	holder VARCHAR(128) NOT NULL, 
	epoch INTEGER NOT NULL, 
	expires_us BIGINT NOT NULL, 
	taken_us BIGINT NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (name)
);
INSERT INTO "leases" VALUES('jobs','before:1',1,1795878125053893,1795878105053893);
CREATE TABLE money_totals (
	span VARCHAR(8) NOT NULL, 
	starts_at DATETIME NOT NULL, 
	part VARCHAR(24) NOT NULL, 
	count BIGINT NOT NULL, 
	debited BIGINT NOT NULL, 
	price BIGINT NOT NULL, 
	price_missing BIGINT NOT NULL, 
	debited_missing BIGINT NOT NULL, 
	CONSTRAINT pk_money_totals PRIMARY KEY (span, starts_at, part)
)
 WITHOUT ROWID

;
INSERT INTO "money_totals" VALUES('6 hours','2020-08-09 18:00:00.000000','failed',1,11730000,160000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-10 06:00:00.000000','final',1,1373000,1000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-11 06:00:00.000000','final',1,2746000,2000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-12 00:00:00.000000','failed',1,4119000,3000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-12 18:00:00.000000','failed',1,5492000,4000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-13 18:00:00.000000','failed',1,6865000,5000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-14 12:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-14 12:00:00.000000','reversed_by_user',1,8238000,6000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-15 06:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-15 06:00:00.000000','reversed_by_supplier',1,9611000,7000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-16 06:00:00.000000','open',1,10984000,8000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-17 00:00:00.000000','open',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-17 18:00:00.000000','unknown',1,13730000,10000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-18 18:00:00.000000','final',1,15103000,0,1,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-19 12:00:00.000000','reversible',1,16476000,12000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-20 06:00:00.000000','final',1,0,13000000,0,1);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-21 06:00:00.000000','failed',1,19222000,14000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-22 00:00:00.000000','failed',1,20595000,15000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-22 18:00:00.000000','failed',1,21968000,16000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-23 18:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-23 18:00:00.000000','reversed_by_user',1,23341000,17000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-24 12:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-24 12:00:00.000000','reversed_by_supplier',1,24714000,18000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-25 06:00:00.000000','open',1,26087000,19000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-26 06:00:00.000000','open',1,27460000,20000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-27 00:00:00.000000','unknown',1,28833000,21000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-27 18:00:00.000000','final',1,30206000,0,1,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-28 18:00:00.000000','final',1,31579000,23000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-29 12:00:00.000000','reversible',1,32952000,24000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-30 06:00:00.000000','failed',1,34325000,25000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-10-31 06:00:00.000000','failed',1,0,26000000,0,1);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-01 00:00:00.000000','failed',1,37071000,27000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-01 18:00:00.000000','reversed_by_user',1,38444000,28000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-01 18:00:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-02 18:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-02 18:00:00.000000','reversed_by_supplier',1,39817000,29000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-03 12:00:00.000000','open',1,41190000,30000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-04 06:00:00.000000','open',1,42563000,31000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-05 06:00:00.000000','unknown',1,43936000,32000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-06 00:00:00.000000','final',1,45309000,0,1,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-06 18:00:00.000000','final',1,46682000,34000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-07 18:00:00.000000','final',1,48055000,35000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-08 12:00:00.000000','failed',1,49428000,36000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-09 06:00:00.000000','failed',1,50801000,37000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-10 06:00:00.000000','failed',1,52174000,38000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-11 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-11 00:00:00.000000','reversed_by_user',1,53547000,39000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-11 18:00:00.000000','reversed_by_supplier',1,54920000,40000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-11 18:00:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-12 18:00:00.000000','open',1,56293000,41000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-13 12:00:00.000000','open',1,57666000,42000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-14 06:00:00.000000','unknown',1,59039000,43000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-15 06:00:00.000000','reversible',1,60412000,0,1,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-16 00:00:00.000000','final',1,61785000,45000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-16 18:00:00.000000','final',1,63158000,46000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-17 18:00:00.000000','failed',1,64531000,47000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-18 12:00:00.000000','failed',1,65904000,48000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-19 06:00:00.000000','failed',1,67277000,49000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-20 06:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-20 06:00:00.000000','reversed_by_user',1,68650000,50000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-21 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-21 00:00:00.000000','reversed_by_supplier',1,70023000,51000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-21 18:00:00.000000','open',1,0,52000000,0,1);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-22 18:00:00.000000','open',1,72769000,53000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-23 12:00:00.000000','unknown',1,74142000,54000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-24 06:00:00.000000','final',1,75515000,0,1,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-25 06:00:00.000000','reversible',1,76888000,56000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-26 00:00:00.000000','final',1,78261000,57000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-26 18:00:00.000000','failed',1,79634000,58000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-27 18:00:00.000000','failed',1,81007000,59000000,0,0);
INSERT INTO "money_totals" VALUES('6 hours','2026-11-28 12:00:00.000000','failed',1,82380000,60000000,0,0);
INSERT INTO "money_totals" VALUES('day','2020-08-09 00:00:00.000000','failed',1,11730000,160000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-10 00:00:00.000000','final',1,1373000,1000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-11 00:00:00.000000','final',1,2746000,2000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-12 00:00:00.000000','failed',2,9611000,7000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-13 00:00:00.000000','failed',1,6865000,5000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-14 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-14 00:00:00.000000','reversed_by_user',1,8238000,6000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-15 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-15 00:00:00.000000','reversed_by_supplier',1,9611000,7000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-16 00:00:00.000000','open',1,10984000,8000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-17 00:00:00.000000','open',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-17 00:00:00.000000','unknown',1,13730000,10000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-18 00:00:00.000000','final',1,15103000,0,1,0);
INSERT INTO "money_totals" VALUES('day','2026-10-19 00:00:00.000000','reversible',1,16476000,12000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-20 00:00:00.000000','final',1,0,13000000,0,1);
INSERT INTO "money_totals" VALUES('day','2026-10-21 00:00:00.000000','failed',1,19222000,14000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-22 00:00:00.000000','failed',2,42563000,31000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-23 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-23 00:00:00.000000','reversed_by_user',1,23341000,17000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-24 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-24 00:00:00.000000','reversed_by_supplier',1,24714000,18000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-25 00:00:00.000000','open',1,26087000,19000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-26 00:00:00.000000','open',1,27460000,20000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-27 00:00:00.000000','final',1,30206000,0,1,0);
INSERT INTO "money_totals" VALUES('day','2026-10-27 00:00:00.000000','unknown',1,28833000,21000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-28 00:00:00.000000','final',1,31579000,23000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-29 00:00:00.000000','reversible',1,32952000,24000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-30 00:00:00.000000','failed',1,34325000,25000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-10-31 00:00:00.000000','failed',1,0,26000000,0,1);
INSERT INTO "money_totals" VALUES('day','2026-11-01 00:00:00.000000','failed',1,37071000,27000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-01 00:00:00.000000','reversed_by_user',1,38444000,28000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-01 00:00:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-02 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-02 00:00:00.000000','reversed_by_supplier',1,39817000,29000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-03 00:00:00.000000','open',1,41190000,30000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-04 00:00:00.000000','open',1,42563000,31000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-05 00:00:00.000000','unknown',1,43936000,32000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-06 00:00:00.000000','final',2,91991000,34000000,1,0);
INSERT INTO "money_totals" VALUES('day','2026-11-07 00:00:00.000000','final',1,48055000,35000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-08 00:00:00.000000','failed',1,49428000,36000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-09 00:00:00.000000','failed',1,50801000,37000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-10 00:00:00.000000','failed',1,52174000,38000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-11 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-11 00:00:00.000000','reversed_by_supplier',1,54920000,40000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-11 00:00:00.000000','reversed_by_user',1,53547000,39000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-11 00:00:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-12 00:00:00.000000','open',1,56293000,41000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-13 00:00:00.000000','open',1,57666000,42000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-14 00:00:00.000000','unknown',1,59039000,43000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-15 00:00:00.000000','reversible',1,60412000,0,1,0);
INSERT INTO "money_totals" VALUES('day','2026-11-16 00:00:00.000000','final',2,124943000,91000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-17 00:00:00.000000','failed',1,64531000,47000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-18 00:00:00.000000','failed',1,65904000,48000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-19 00:00:00.000000','failed',1,67277000,49000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-20 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-20 00:00:00.000000','reversed_by_user',1,68650000,50000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-21 00:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-21 00:00:00.000000','open',1,0,52000000,0,1);
INSERT INTO "money_totals" VALUES('day','2026-11-21 00:00:00.000000','reversed_by_supplier',1,70023000,51000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-22 00:00:00.000000','open',1,72769000,53000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-23 00:00:00.000000','unknown',1,74142000,54000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-24 00:00:00.000000','final',1,75515000,0,1,0);
INSERT INTO "money_totals" VALUES('day','2026-11-25 00:00:00.000000','reversible',1,76888000,56000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-26 00:00:00.000000','failed',1,79634000,58000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-26 00:00:00.000000','final',1,78261000,57000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-27 00:00:00.000000','failed',1,81007000,59000000,0,0);
INSERT INTO "money_totals" VALUES('day','2026-11-28 00:00:00.000000','failed',1,82380000,60000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2020-08-09 18:00:00.000000','failed',1,11730000,160000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-10 11:00:00.000000','final',1,1373000,1000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-11 07:00:00.000000','final',1,2746000,2000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-12 03:00:00.000000','failed',1,4119000,3000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-12 23:00:00.000000','failed',1,5492000,4000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-13 19:00:00.000000','failed',1,6865000,5000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-14 15:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-14 15:00:00.000000','reversed_by_user',1,8238000,6000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-15 11:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-15 11:00:00.000000','reversed_by_supplier',1,9611000,7000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-16 07:00:00.000000','open',1,10984000,8000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-17 03:00:00.000000','open',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-17 23:00:00.000000','unknown',1,13730000,10000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-18 19:00:00.000000','final',1,15103000,0,1,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-19 15:00:00.000000','reversible',1,16476000,12000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-20 11:00:00.000000','final',1,0,13000000,0,1);
INSERT INTO "money_totals" VALUES('hour','2026-10-21 07:00:00.000000','failed',1,19222000,14000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-22 03:00:00.000000','failed',1,20595000,15000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-22 23:00:00.000000','failed',1,21968000,16000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-23 19:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-23 19:00:00.000000','reversed_by_user',1,23341000,17000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-24 15:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-24 15:00:00.000000','reversed_by_supplier',1,24714000,18000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-25 11:00:00.000000','open',1,26087000,19000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-26 07:00:00.000000','open',1,27460000,20000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-27 03:00:00.000000','unknown',1,28833000,21000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-27 23:00:00.000000','final',1,30206000,0,1,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-28 19:00:00.000000','final',1,31579000,23000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-29 15:00:00.000000','reversible',1,32952000,24000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-30 11:00:00.000000','failed',1,34325000,25000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-10-31 07:00:00.000000','failed',1,0,26000000,0,1);
INSERT INTO "money_totals" VALUES('hour','2026-11-01 03:00:00.000000','failed',1,37071000,27000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-01 23:00:00.000000','reversed_by_user',1,38444000,28000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-01 23:00:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-02 19:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-02 19:00:00.000000','reversed_by_supplier',1,39817000,29000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-03 15:00:00.000000','open',1,41190000,30000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-04 11:00:00.000000','open',1,42563000,31000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-05 07:00:00.000000','unknown',1,43936000,32000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-06 03:00:00.000000','final',1,45309000,0,1,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-06 23:00:00.000000','final',1,46682000,34000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-07 19:00:00.000000','final',1,48055000,35000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-08 15:00:00.000000','failed',1,49428000,36000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-09 11:00:00.000000','failed',1,50801000,37000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-10 07:00:00.000000','failed',1,52174000,38000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-11 03:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-11 03:00:00.000000','reversed_by_user',1,53547000,39000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-11 23:00:00.000000','reversed_by_supplier',1,54920000,40000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-11 23:00:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-12 19:00:00.000000','open',1,56293000,41000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-13 15:00:00.000000','open',1,57666000,42000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-14 11:00:00.000000','unknown',1,59039000,43000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-15 07:00:00.000000','reversible',1,60412000,0,1,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-16 03:00:00.000000','final',1,61785000,45000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-16 23:00:00.000000','final',1,63158000,46000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-17 19:00:00.000000','failed',1,64531000,47000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-18 15:00:00.000000','failed',1,65904000,48000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-19 11:00:00.000000','failed',1,67277000,49000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-20 07:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-20 07:00:00.000000','reversed_by_user',1,68650000,50000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-21 03:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-21 03:00:00.000000','reversed_by_supplier',1,70023000,51000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-21 23:00:00.000000','open',1,0,52000000,0,1);
INSERT INTO "money_totals" VALUES('hour','2026-11-22 19:00:00.000000','open',1,72769000,53000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-23 15:00:00.000000','unknown',1,74142000,54000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-24 11:00:00.000000','final',1,75515000,0,1,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-25 07:00:00.000000','reversible',1,76888000,56000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-26 03:00:00.000000','final',1,78261000,57000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-26 23:00:00.000000','failed',1,79634000,58000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-27 20:00:00.000000','failed',1,81007000,59000000,0,0);
INSERT INTO "money_totals" VALUES('hour','2026-11-28 16:00:00.000000','failed',1,82380000,60000000,0,0);
INSERT INTO "money_totals" VALUES('month','2020-08-01 00:00:00.000000','failed',1,11730000,160000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','failed',8,112586000,108000000,0,1);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','final',6,81007000,39000000,2,1);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','open',3,64531000,47000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','reversed_by_supplier',2,34325000,25000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','reversed_by_user',2,31579000,23000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','reversible',2,49428000,36000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-10-01 00:00:00.000000','unknown',2,42563000,31000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','failed',10,630207000,459000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','final',7,418765000,217000000,2,0);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','open',6,270481000,249000000,0,1);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','reversed_by_supplier',3,164760000,120000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','reversed_by_user',3,160641000,117000000,0,0);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','reversible',2,137300000,56000000,1,0);
INSERT INTO "money_totals" VALUES('month','2026-11-01 00:00:00.000000','unknown',3,177117000,129000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2020-08-09 18:45:00.000000','failed',1,11730000,160000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-10 11:00:00.000000','final',1,1373000,1000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-11 07:00:00.000000','final',1,2746000,2000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-12 03:00:00.000000','failed',1,4119000,3000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-12 23:00:00.000000','failed',1,5492000,4000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-13 19:00:00.000000','failed',1,6865000,5000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-14 15:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-14 15:00:00.000000','reversed_by_user',1,8238000,6000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-15 11:00:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-15 11:00:00.000000','reversed_by_supplier',1,9611000,7000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-16 07:00:00.000000','open',1,10984000,8000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-17 03:00:00.000000','open',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-17 23:00:00.000000','unknown',1,13730000,10000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-18 19:00:00.000000','final',1,15103000,0,1,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-19 15:00:00.000000','reversible',1,16476000,12000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-20 11:00:00.000000','final',1,0,13000000,0,1);
INSERT INTO "money_totals" VALUES('quarter','2026-10-21 07:15:00.000000','failed',1,19222000,14000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-22 03:15:00.000000','failed',1,20595000,15000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-22 23:15:00.000000','failed',1,21968000,16000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-23 19:15:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-23 19:15:00.000000','reversed_by_user',1,23341000,17000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-24 15:15:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-24 15:15:00.000000','reversed_by_supplier',1,24714000,18000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-25 11:15:00.000000','open',1,26087000,19000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-26 07:15:00.000000','open',1,27460000,20000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-27 03:15:00.000000','unknown',1,28833000,21000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-27 23:15:00.000000','final',1,30206000,0,1,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-28 19:15:00.000000','final',1,31579000,23000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-29 15:15:00.000000','reversible',1,32952000,24000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-30 11:15:00.000000','failed',1,34325000,25000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-10-31 07:15:00.000000','failed',1,0,26000000,0,1);
INSERT INTO "money_totals" VALUES('quarter','2026-11-01 03:15:00.000000','failed',1,37071000,27000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-01 23:15:00.000000','reversed_by_user',1,38444000,28000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-01 23:15:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-02 19:30:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-02 19:30:00.000000','reversed_by_supplier',1,39817000,29000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-03 15:30:00.000000','open',1,41190000,30000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-04 11:30:00.000000','open',1,42563000,31000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-05 07:30:00.000000','unknown',1,43936000,32000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-06 03:30:00.000000','final',1,45309000,0,1,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-06 23:30:00.000000','final',1,46682000,34000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-07 19:30:00.000000','final',1,48055000,35000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-08 15:30:00.000000','failed',1,49428000,36000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-09 11:30:00.000000','failed',1,50801000,37000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-10 07:30:00.000000','failed',1,52174000,38000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-11 03:30:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-11 03:30:00.000000','reversed_by_user',1,53547000,39000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-11 23:30:00.000000','reversed_by_supplier',1,54920000,40000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-11 23:30:00.000000','reversible',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-12 19:30:00.000000','open',1,56293000,41000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-13 15:30:00.000000','open',1,57666000,42000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-14 11:30:00.000000','unknown',1,59039000,43000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-15 07:45:00.000000','reversible',1,60412000,0,1,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-16 03:45:00.000000','final',1,61785000,45000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-16 23:45:00.000000','final',1,63158000,46000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-17 19:45:00.000000','failed',1,64531000,47000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-18 15:45:00.000000','failed',1,65904000,48000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-19 11:45:00.000000','failed',1,67277000,49000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-20 07:45:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-20 07:45:00.000000','reversed_by_user',1,68650000,50000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-21 03:45:00.000000','final',0,0,0,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-21 03:45:00.000000','reversed_by_supplier',1,70023000,51000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-21 23:45:00.000000','open',1,0,52000000,0,1);
INSERT INTO "money_totals" VALUES('quarter','2026-11-22 19:45:00.000000','open',1,72769000,53000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-23 15:45:00.000000','unknown',1,74142000,54000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-24 11:45:00.000000','final',1,75515000,0,1,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-25 07:45:00.000000','reversible',1,76888000,56000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-26 03:45:00.000000','final',1,78261000,57000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-26 23:45:00.000000','failed',1,79634000,58000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-27 20:00:00.000000','failed',1,81007000,59000000,0,0);
INSERT INTO "money_totals" VALUES('quarter','2026-11-28 16:00:00.000000','failed',1,82380000,60000000,0,0);
CREATE TABLE outcome_totals (
	span VARCHAR(8) NOT NULL, 
	starts_at DATETIME NOT NULL, 
	offer_status VARCHAR(64) NOT NULL, 
	error_reason VARCHAR(64) NOT NULL, 
	count BIGINT NOT NULL, 
	debited BIGINT NOT NULL, 
	price BIGINT NOT NULL, 
	price_missing BIGINT NOT NULL, 
	debited_missing BIGINT NOT NULL, 
	CONSTRAINT pk_outcome_totals PRIMARY KEY (span, starts_at, offer_status, error_reason)
)
 WITHOUT ROWID

;
INSERT INTO "outcome_totals" VALUES('6 hours','2020-08-09 18:00:00.000000','trade_create_error','',1,11730000,160000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-10 06:00:00.000000','accepted','',1,1373000,1000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-11 06:00:00.000000','accepted','',1,2746000,2000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-12 00:00:00.000000','canceled','',1,4119000,3000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-12 18:00:00.000000','timeout','',1,5492000,4000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-13 18:00:00.000000','trade_create_error','private_inventory',1,6865000,5000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-14 12:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-14 12:00:00.000000','rollback_user','',1,8238000,6000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-15 06:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-15 06:00:00.000000','rollback_supplier','',1,9611000,7000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-16 06:00:00.000000','waiting_accept','',1,10984000,8000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-17 00:00:00.000000','creating_trade','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-17 18:00:00.000000','held_by_moon','',1,13730000,10000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-18 18:00:00.000000','accepted','',1,15103000,0,1,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-19 12:00:00.000000','accepted','',1,16476000,12000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-20 06:00:00.000000','accepted','',1,0,13000000,0,1);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-21 06:00:00.000000','canceled','',1,19222000,14000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-22 00:00:00.000000','timeout','private_inventory',1,20595000,15000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-22 18:00:00.000000','trade_create_error','',1,21968000,16000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-23 18:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-23 18:00:00.000000','rollback_user','',1,23341000,17000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-24 12:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-24 12:00:00.000000','rollback_supplier','',1,24714000,18000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-25 06:00:00.000000','waiting_accept','',1,26087000,19000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-26 06:00:00.000000','creating_trade','',1,27460000,20000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-27 00:00:00.000000','held_by_moon','',1,28833000,21000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-27 18:00:00.000000','accepted','',1,30206000,0,1,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-28 18:00:00.000000','accepted','',1,31579000,23000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-29 12:00:00.000000','accepted','',1,32952000,24000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-30 06:00:00.000000','canceled','private_inventory',1,34325000,25000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-10-31 06:00:00.000000','timeout','',1,0,26000000,0,1);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-01 00:00:00.000000','trade_create_error','',1,37071000,27000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-01 18:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-01 18:00:00.000000','rollback_user','',1,38444000,28000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-02 18:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-02 18:00:00.000000','rollback_supplier','',1,39817000,29000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-03 12:00:00.000000','waiting_accept','',1,41190000,30000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-04 06:00:00.000000','creating_trade','',1,42563000,31000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-05 06:00:00.000000','held_by_moon','',1,43936000,32000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-06 00:00:00.000000','accepted','',1,45309000,0,1,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-06 18:00:00.000000','accepted','',1,46682000,34000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-07 18:00:00.000000','accepted','private_inventory',1,48055000,35000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-08 12:00:00.000000','canceled','',1,49428000,36000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-09 06:00:00.000000','timeout','',1,50801000,37000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-10 06:00:00.000000','trade_create_error','',1,52174000,38000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-11 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-11 00:00:00.000000','rollback_user','',1,53547000,39000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-11 18:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-11 18:00:00.000000','rollback_supplier','',1,54920000,40000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-12 18:00:00.000000','waiting_accept','',1,56293000,41000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-13 12:00:00.000000','creating_trade','',1,57666000,42000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-14 06:00:00.000000','held_by_moon','',1,59039000,43000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-15 06:00:00.000000','accepted','',1,60412000,0,1,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-16 00:00:00.000000','accepted','private_inventory',1,61785000,45000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-16 18:00:00.000000','accepted','',1,63158000,46000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-17 18:00:00.000000','canceled','',1,64531000,47000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-18 12:00:00.000000','timeout','',1,65904000,48000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-19 06:00:00.000000','trade_create_error','',1,67277000,49000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-20 06:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-20 06:00:00.000000','rollback_user','',1,68650000,50000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-21 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-21 00:00:00.000000','rollback_supplier','',1,70023000,51000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-21 18:00:00.000000','waiting_accept','',1,0,52000000,0,1);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-22 18:00:00.000000','creating_trade','',1,72769000,53000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-23 12:00:00.000000','held_by_moon','',1,74142000,54000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-24 06:00:00.000000','accepted','private_inventory',1,75515000,0,1,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-25 06:00:00.000000','accepted','',1,76888000,56000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-26 00:00:00.000000','accepted','',1,78261000,57000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-26 18:00:00.000000','canceled','',1,79634000,58000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-27 18:00:00.000000','timeout','',1,81007000,59000000,0,0);
INSERT INTO "outcome_totals" VALUES('6 hours','2026-11-28 12:00:00.000000','trade_create_error','',1,82380000,60000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2020-08-09 00:00:00.000000','trade_create_error','',1,11730000,160000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-10 00:00:00.000000','accepted','',1,1373000,1000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-11 00:00:00.000000','accepted','',1,2746000,2000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-12 00:00:00.000000','canceled','',1,4119000,3000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-12 00:00:00.000000','timeout','',1,5492000,4000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-13 00:00:00.000000','trade_create_error','private_inventory',1,6865000,5000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-14 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-14 00:00:00.000000','rollback_user','',1,8238000,6000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-15 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-15 00:00:00.000000','rollback_supplier','',1,9611000,7000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-16 00:00:00.000000','waiting_accept','',1,10984000,8000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-17 00:00:00.000000','creating_trade','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-17 00:00:00.000000','held_by_moon','',1,13730000,10000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-18 00:00:00.000000','accepted','',1,15103000,0,1,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-19 00:00:00.000000','accepted','',1,16476000,12000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-20 00:00:00.000000','accepted','',1,0,13000000,0,1);
INSERT INTO "outcome_totals" VALUES('day','2026-10-21 00:00:00.000000','canceled','',1,19222000,14000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-22 00:00:00.000000','timeout','private_inventory',1,20595000,15000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-22 00:00:00.000000','trade_create_error','',1,21968000,16000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-23 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-23 00:00:00.000000','rollback_user','',1,23341000,17000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-24 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-24 00:00:00.000000','rollback_supplier','',1,24714000,18000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-25 00:00:00.000000','waiting_accept','',1,26087000,19000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-26 00:00:00.000000','creating_trade','',1,27460000,20000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-27 00:00:00.000000','accepted','',1,30206000,0,1,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-27 00:00:00.000000','held_by_moon','',1,28833000,21000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-28 00:00:00.000000','accepted','',1,31579000,23000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-29 00:00:00.000000','accepted','',1,32952000,24000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-30 00:00:00.000000','canceled','private_inventory',1,34325000,25000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-10-31 00:00:00.000000','timeout','',1,0,26000000,0,1);
INSERT INTO "outcome_totals" VALUES('day','2026-11-01 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-01 00:00:00.000000','rollback_user','',1,38444000,28000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-01 00:00:00.000000','trade_create_error','',1,37071000,27000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-02 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-02 00:00:00.000000','rollback_supplier','',1,39817000,29000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-03 00:00:00.000000','waiting_accept','',1,41190000,30000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-04 00:00:00.000000','creating_trade','',1,42563000,31000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-05 00:00:00.000000','held_by_moon','',1,43936000,32000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-06 00:00:00.000000','accepted','',2,91991000,34000000,1,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-07 00:00:00.000000','accepted','private_inventory',1,48055000,35000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-08 00:00:00.000000','canceled','',1,49428000,36000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-09 00:00:00.000000','timeout','',1,50801000,37000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-10 00:00:00.000000','trade_create_error','',1,52174000,38000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-11 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-11 00:00:00.000000','rollback_supplier','',1,54920000,40000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-11 00:00:00.000000','rollback_user','',1,53547000,39000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-12 00:00:00.000000','waiting_accept','',1,56293000,41000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-13 00:00:00.000000','creating_trade','',1,57666000,42000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-14 00:00:00.000000','held_by_moon','',1,59039000,43000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-15 00:00:00.000000','accepted','',1,60412000,0,1,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-16 00:00:00.000000','accepted','',1,63158000,46000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-16 00:00:00.000000','accepted','private_inventory',1,61785000,45000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-17 00:00:00.000000','canceled','',1,64531000,47000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-18 00:00:00.000000','timeout','',1,65904000,48000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-19 00:00:00.000000','trade_create_error','',1,67277000,49000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-20 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-20 00:00:00.000000','rollback_user','',1,68650000,50000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-21 00:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-21 00:00:00.000000','rollback_supplier','',1,70023000,51000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-21 00:00:00.000000','waiting_accept','',1,0,52000000,0,1);
INSERT INTO "outcome_totals" VALUES('day','2026-11-22 00:00:00.000000','creating_trade','',1,72769000,53000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-23 00:00:00.000000','held_by_moon','',1,74142000,54000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-24 00:00:00.000000','accepted','private_inventory',1,75515000,0,1,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-25 00:00:00.000000','accepted','',1,76888000,56000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-26 00:00:00.000000','accepted','',1,78261000,57000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-26 00:00:00.000000','canceled','',1,79634000,58000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-27 00:00:00.000000','timeout','',1,81007000,59000000,0,0);
INSERT INTO "outcome_totals" VALUES('day','2026-11-28 00:00:00.000000','trade_create_error','',1,82380000,60000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2020-08-09 18:00:00.000000','trade_create_error','',1,11730000,160000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-10 11:00:00.000000','accepted','',1,1373000,1000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-11 07:00:00.000000','accepted','',1,2746000,2000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-12 03:00:00.000000','canceled','',1,4119000,3000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-12 23:00:00.000000','timeout','',1,5492000,4000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-13 19:00:00.000000','trade_create_error','private_inventory',1,6865000,5000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-14 15:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-14 15:00:00.000000','rollback_user','',1,8238000,6000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-15 11:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-15 11:00:00.000000','rollback_supplier','',1,9611000,7000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-16 07:00:00.000000','waiting_accept','',1,10984000,8000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-17 03:00:00.000000','creating_trade','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-17 23:00:00.000000','held_by_moon','',1,13730000,10000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-18 19:00:00.000000','accepted','',1,15103000,0,1,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-19 15:00:00.000000','accepted','',1,16476000,12000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-20 11:00:00.000000','accepted','',1,0,13000000,0,1);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-21 07:00:00.000000','canceled','',1,19222000,14000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-22 03:00:00.000000','timeout','private_inventory',1,20595000,15000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-22 23:00:00.000000','trade_create_error','',1,21968000,16000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-23 19:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-23 19:00:00.000000','rollback_user','',1,23341000,17000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-24 15:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-24 15:00:00.000000','rollback_supplier','',1,24714000,18000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-25 11:00:00.000000','waiting_accept','',1,26087000,19000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-26 07:00:00.000000','creating_trade','',1,27460000,20000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-27 03:00:00.000000','held_by_moon','',1,28833000,21000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-27 23:00:00.000000','accepted','',1,30206000,0,1,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-28 19:00:00.000000','accepted','',1,31579000,23000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-29 15:00:00.000000','accepted','',1,32952000,24000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-30 11:00:00.000000','canceled','private_inventory',1,34325000,25000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-10-31 07:00:00.000000','timeout','',1,0,26000000,0,1);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-01 03:00:00.000000','trade_create_error','',1,37071000,27000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-01 23:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-01 23:00:00.000000','rollback_user','',1,38444000,28000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-02 19:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-02 19:00:00.000000','rollback_supplier','',1,39817000,29000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-03 15:00:00.000000','waiting_accept','',1,41190000,30000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-04 11:00:00.000000','creating_trade','',1,42563000,31000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-05 07:00:00.000000','held_by_moon','',1,43936000,32000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-06 03:00:00.000000','accepted','',1,45309000,0,1,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-06 23:00:00.000000','accepted','',1,46682000,34000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-07 19:00:00.000000','accepted','private_inventory',1,48055000,35000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-08 15:00:00.000000','canceled','',1,49428000,36000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-09 11:00:00.000000','timeout','',1,50801000,37000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-10 07:00:00.000000','trade_create_error','',1,52174000,38000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-11 03:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-11 03:00:00.000000','rollback_user','',1,53547000,39000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-11 23:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-11 23:00:00.000000','rollback_supplier','',1,54920000,40000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-12 19:00:00.000000','waiting_accept','',1,56293000,41000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-13 15:00:00.000000','creating_trade','',1,57666000,42000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-14 11:00:00.000000','held_by_moon','',1,59039000,43000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-15 07:00:00.000000','accepted','',1,60412000,0,1,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-16 03:00:00.000000','accepted','private_inventory',1,61785000,45000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-16 23:00:00.000000','accepted','',1,63158000,46000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-17 19:00:00.000000','canceled','',1,64531000,47000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-18 15:00:00.000000','timeout','',1,65904000,48000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-19 11:00:00.000000','trade_create_error','',1,67277000,49000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-20 07:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-20 07:00:00.000000','rollback_user','',1,68650000,50000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-21 03:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-21 03:00:00.000000','rollback_supplier','',1,70023000,51000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-21 23:00:00.000000','waiting_accept','',1,0,52000000,0,1);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-22 19:00:00.000000','creating_trade','',1,72769000,53000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-23 15:00:00.000000','held_by_moon','',1,74142000,54000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-24 11:00:00.000000','accepted','private_inventory',1,75515000,0,1,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-25 07:00:00.000000','accepted','',1,76888000,56000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-26 03:00:00.000000','accepted','',1,78261000,57000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-26 23:00:00.000000','canceled','',1,79634000,58000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-27 20:00:00.000000','timeout','',1,81007000,59000000,0,0);
INSERT INTO "outcome_totals" VALUES('hour','2026-11-28 16:00:00.000000','trade_create_error','',1,82380000,60000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2020-08-01 00:00:00.000000','trade_create_error','',1,11730000,160000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','accepted','',8,130435000,75000000,2,1);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','canceled','',2,23341000,17000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','canceled','private_inventory',1,34325000,25000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','creating_trade','',1,27460000,20000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','held_by_moon','',2,42563000,31000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','rollback_supplier','',2,34325000,25000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','rollback_user','',2,31579000,23000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','timeout','',2,5492000,30000000,0,1);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','timeout','private_inventory',1,20595000,15000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','trade_create_error','',1,21968000,16000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','trade_create_error','private_inventory',1,6865000,5000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-10-01 00:00:00.000000','waiting_accept','',2,37071000,27000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','accepted','',6,370710000,193000000,2,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','accepted','private_inventory',3,185355000,80000000,1,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','canceled','',3,193593000,141000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','creating_trade','',3,172998000,126000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','held_by_moon','',3,177117000,129000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','rollback_supplier','',3,164760000,120000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','rollback_user','',3,160641000,117000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','timeout','',3,197712000,144000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','trade_create_error','',4,238902000,174000000,0,0);
INSERT INTO "outcome_totals" VALUES('month','2026-11-01 00:00:00.000000','waiting_accept','',3,97483000,123000000,0,1);
INSERT INTO "outcome_totals" VALUES('quarter','2020-08-09 18:45:00.000000','trade_create_error','',1,11730000,160000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-10 11:00:00.000000','accepted','',1,1373000,1000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-11 07:00:00.000000','accepted','',1,2746000,2000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-12 03:00:00.000000','canceled','',1,4119000,3000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-12 23:00:00.000000','timeout','',1,5492000,4000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-13 19:00:00.000000','trade_create_error','private_inventory',1,6865000,5000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-14 15:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-14 15:00:00.000000','rollback_user','',1,8238000,6000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-15 11:00:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-15 11:00:00.000000','rollback_supplier','',1,9611000,7000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-16 07:00:00.000000','waiting_accept','',1,10984000,8000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-17 03:00:00.000000','creating_trade','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-17 23:00:00.000000','held_by_moon','',1,13730000,10000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-18 19:00:00.000000','accepted','',1,15103000,0,1,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-19 15:00:00.000000','accepted','',1,16476000,12000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-20 11:00:00.000000','accepted','',1,0,13000000,0,1);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-21 07:15:00.000000','canceled','',1,19222000,14000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-22 03:15:00.000000','timeout','private_inventory',1,20595000,15000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-22 23:15:00.000000','trade_create_error','',1,21968000,16000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-23 19:15:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-23 19:15:00.000000','rollback_user','',1,23341000,17000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-24 15:15:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-24 15:15:00.000000','rollback_supplier','',1,24714000,18000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-25 11:15:00.000000','waiting_accept','',1,26087000,19000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-26 07:15:00.000000','creating_trade','',1,27460000,20000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-27 03:15:00.000000','held_by_moon','',1,28833000,21000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-27 23:15:00.000000','accepted','',1,30206000,0,1,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-28 19:15:00.000000','accepted','',1,31579000,23000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-29 15:15:00.000000','accepted','',1,32952000,24000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-30 11:15:00.000000','canceled','private_inventory',1,34325000,25000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-10-31 07:15:00.000000','timeout','',1,0,26000000,0,1);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-01 03:15:00.000000','trade_create_error','',1,37071000,27000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-01 23:15:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-01 23:15:00.000000','rollback_user','',1,38444000,28000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-02 19:30:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-02 19:30:00.000000','rollback_supplier','',1,39817000,29000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-03 15:30:00.000000','waiting_accept','',1,41190000,30000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-04 11:30:00.000000','creating_trade','',1,42563000,31000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-05 07:30:00.000000','held_by_moon','',1,43936000,32000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-06 03:30:00.000000','accepted','',1,45309000,0,1,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-06 23:30:00.000000','accepted','',1,46682000,34000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-07 19:30:00.000000','accepted','private_inventory',1,48055000,35000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-08 15:30:00.000000','canceled','',1,49428000,36000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-09 11:30:00.000000','timeout','',1,50801000,37000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-10 07:30:00.000000','trade_create_error','',1,52174000,38000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-11 03:30:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-11 03:30:00.000000','rollback_user','',1,53547000,39000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-11 23:30:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-11 23:30:00.000000','rollback_supplier','',1,54920000,40000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-12 19:30:00.000000','waiting_accept','',1,56293000,41000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-13 15:30:00.000000','creating_trade','',1,57666000,42000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-14 11:30:00.000000','held_by_moon','',1,59039000,43000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-15 07:45:00.000000','accepted','',1,60412000,0,1,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-16 03:45:00.000000','accepted','private_inventory',1,61785000,45000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-16 23:45:00.000000','accepted','',1,63158000,46000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-17 19:45:00.000000','canceled','',1,64531000,47000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-18 15:45:00.000000','timeout','',1,65904000,48000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-19 11:45:00.000000','trade_create_error','',1,67277000,49000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-20 07:45:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-20 07:45:00.000000','rollback_user','',1,68650000,50000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-21 03:45:00.000000','accepted','',0,0,0,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-21 03:45:00.000000','rollback_supplier','',1,70023000,51000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-21 23:45:00.000000','waiting_accept','',1,0,52000000,0,1);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-22 19:45:00.000000','creating_trade','',1,72769000,53000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-23 15:45:00.000000','held_by_moon','',1,74142000,54000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-24 11:45:00.000000','accepted','private_inventory',1,75515000,0,1,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-25 07:45:00.000000','accepted','',1,76888000,56000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-26 03:45:00.000000','accepted','',1,78261000,57000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-26 23:45:00.000000','canceled','',1,79634000,58000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-27 20:00:00.000000','timeout','',1,81007000,59000000,0,0);
INSERT INTO "outcome_totals" VALUES('quarter','2026-11-28 16:00:00.000000','trade_create_error','',1,82380000,60000000,0,0);
CREATE TABLE purchase_answers (
	buy_id INTEGER NOT NULL, 
	raw TEXT NOT NULL, 
	oddities TEXT NOT NULL, 
	CONSTRAINT pk_purchase_answers PRIMARY KEY (buy_id), 
	CONSTRAINT fk_purchase_answers_buy_id_purchases FOREIGN KEY(buy_id) REFERENCES purchases (buy_id)
);
INSERT INTO "purchase_answers" VALUES(1,'{"buy_id": 1, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(2,'{"buy_id": 2, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(3,'{"buy_id": 3, "offer_status": "canceled"}','');
INSERT INTO "purchase_answers" VALUES(4,'{"buy_id": 4, "offer_status": "timeout"}','');
INSERT INTO "purchase_answers" VALUES(5,'{"buy_id": 5, "offer_status": "trade_create_error"}','');
INSERT INTO "purchase_answers" VALUES(6,'{}','');
INSERT INTO "purchase_answers" VALUES(7,'{}','');
INSERT INTO "purchase_answers" VALUES(8,'{"buy_id": 8, "offer_status": "waiting_accept"}','');
INSERT INTO "purchase_answers" VALUES(9,'{"item": {"id": "1280", "name": "Taunt: RazorFlip!", "price": "0.16", "classid": "1723112726"}, "buy_id": "9", "offer_status": "trade_create_error", "error_reason": null, "steamid": "76561198050648523", "date": "1596999226", "balance_debited_sum": "11.73"}','');
INSERT INTO "purchase_answers" VALUES(10,'{"buy_id": 10, "offer_status": "held_by_moon"}','');
INSERT INTO "purchase_answers" VALUES(11,'{"buy_id": 11, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(12,'{"buy_id": 12, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(13,'{"buy_id": 13, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(14,'{"buy_id": 14, "offer_status": "canceled"}','');
INSERT INTO "purchase_answers" VALUES(15,'{"buy_id": 15, "offer_status": "timeout"}','');
INSERT INTO "purchase_answers" VALUES(16,'{"buy_id": 16, "offer_status": "trade_create_error"}','');
INSERT INTO "purchase_answers" VALUES(17,'{}','');
INSERT INTO "purchase_answers" VALUES(18,'{}','');
INSERT INTO "purchase_answers" VALUES(19,'{"buy_id": 19, "offer_status": "waiting_accept"}','');
INSERT INTO "purchase_answers" VALUES(20,'{"buy_id": 20, "offer_status": "creating_trade"}','');
INSERT INTO "purchase_answers" VALUES(21,'{"buy_id": 21, "offer_status": "held_by_moon"}','');
INSERT INTO "purchase_answers" VALUES(22,'{"buy_id": 22, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(23,'{"buy_id": 23, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(24,'{"buy_id": 24, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(25,'{"buy_id": 25, "offer_status": "canceled"}','');
INSERT INTO "purchase_answers" VALUES(26,'{"buy_id": 26, "offer_status": "timeout"}','');
INSERT INTO "purchase_answers" VALUES(27,'{"buy_id": 27, "offer_status": "trade_create_error"}','');
INSERT INTO "purchase_answers" VALUES(28,'{}','');
INSERT INTO "purchase_answers" VALUES(29,'{}','');
INSERT INTO "purchase_answers" VALUES(30,'{"buy_id": 30, "offer_status": "waiting_accept"}','');
INSERT INTO "purchase_answers" VALUES(31,'{"buy_id": 31, "offer_status": "creating_trade"}','');
INSERT INTO "purchase_answers" VALUES(32,'{"buy_id": 32, "offer_status": "held_by_moon"}','');
INSERT INTO "purchase_answers" VALUES(33,'{"buy_id": 33, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(34,'{"buy_id": 34, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(35,'{"buy_id": 35, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(36,'{"buy_id": 36, "offer_status": "canceled"}','');
INSERT INTO "purchase_answers" VALUES(37,'{"buy_id": 37, "offer_status": "timeout"}','');
INSERT INTO "purchase_answers" VALUES(38,'{"buy_id": 38, "offer_status": "trade_create_error"}','');
INSERT INTO "purchase_answers" VALUES(39,'{}','');
INSERT INTO "purchase_answers" VALUES(40,'{}','');
INSERT INTO "purchase_answers" VALUES(41,'{"buy_id": 41, "offer_status": "waiting_accept"}','');
INSERT INTO "purchase_answers" VALUES(42,'{"buy_id": 42, "offer_status": "creating_trade"}','');
INSERT INTO "purchase_answers" VALUES(43,'{"buy_id": 43, "offer_status": "held_by_moon"}','');
INSERT INTO "purchase_answers" VALUES(44,'{"buy_id": 44, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(45,'{"buy_id": 45, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(46,'{"buy_id": 46, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(47,'{"buy_id": 47, "offer_status": "canceled"}','');
INSERT INTO "purchase_answers" VALUES(48,'{"buy_id": 48, "offer_status": "timeout"}','');
INSERT INTO "purchase_answers" VALUES(49,'{"buy_id": 49, "offer_status": "trade_create_error"}','');
INSERT INTO "purchase_answers" VALUES(50,'{}','');
INSERT INTO "purchase_answers" VALUES(51,'{}','');
INSERT INTO "purchase_answers" VALUES(52,'{"buy_id": 52, "offer_status": "waiting_accept"}','');
INSERT INTO "purchase_answers" VALUES(53,'{"buy_id": 53, "offer_status": "creating_trade"}','');
INSERT INTO "purchase_answers" VALUES(54,'{"buy_id": 54, "offer_status": "held_by_moon"}','');
INSERT INTO "purchase_answers" VALUES(55,'{"buy_id": 55, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(56,'{"buy_id": 56, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(57,'{"buy_id": 57, "offer_status": "accepted"}','');
INSERT INTO "purchase_answers" VALUES(58,'{"buy_id": 58, "offer_status": "canceled"}','');
INSERT INTO "purchase_answers" VALUES(59,'{"buy_id": 59, "offer_status": "timeout"}','');
INSERT INTO "purchase_answers" VALUES(60,'{"buy_id": 60, "offer_status": "trade_create_error"}','');
CREATE TABLE purchase_notes (
	id INTEGER NOT NULL, 
	buy_id BIGINT NOT NULL, 
	author_email VARCHAR(254) NOT NULL, 
	text TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_purchase_notes PRIMARY KEY (id), 
	CONSTRAINT fk_purchase_notes_buy_id_purchases FOREIGN KEY(buy_id) REFERENCES purchases (buy_id)
);
INSERT INTO "purchase_notes" VALUES(1,7,'admin@shop.example','Customer wrote twice.','2026-11-28 15:01:46.148401');
CREATE TABLE "purchase_versions" (
	buy_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	seen_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	offer_status VARCHAR(64) NOT NULL, 
	error_reason VARCHAR(64), 
	in_hold BOOLEAN, 
	in_hold_until DATETIME, 
	balance_debited_sum BIGINT, 
	price BIGINT, 
	part VARCHAR(24) NOT NULL, 
	date DATETIME NOT NULL, debited_change BIGINT, 
	CONSTRAINT pk_purchase_versions PRIMARY KEY (buy_id, version), 
	CONSTRAINT fk_purchase_versions_buy_id_purchases FOREIGN KEY(buy_id) REFERENCES purchases (buy_id)
);
INSERT INTO "purchase_versions" VALUES(1,1,'2026-10-10 11:32:44.727921','2026-11-28 15:01:44.774209','scheduled','accepted',NULL,NULL,NULL,1373000,1000000,'final','2026-10-10 11:02:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(2,1,'2026-10-11 07:33:44.727921','2026-11-28 15:01:44.785293','scheduled','accepted',NULL,NULL,NULL,2746000,2000000,'final','2026-10-11 07:03:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(3,1,'2026-10-12 03:34:44.727921','2026-11-28 15:01:44.789089','scheduled','canceled',NULL,NULL,NULL,4119000,3000000,'failed','2026-10-12 03:04:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(4,1,'2026-10-12 23:35:44.727921','2026-11-28 15:01:44.792622','scheduled','timeout',NULL,1,NULL,5492000,4000000,'failed','2026-10-12 23:05:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(5,1,'2026-10-13 19:36:44.727921','2026-11-28 15:01:44.796151','scheduled','trade_create_error','private_inventory',NULL,NULL,6865000,5000000,'failed','2026-10-13 19:06:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(6,1,'2026-10-14 15:37:44.727921','2026-11-28 15:01:44.799621','scheduled','accepted',NULL,NULL,NULL,8238000,6000000,'final','2026-10-14 15:07:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(6,2,'2026-10-17 15:07:44.727921','2026-11-28 15:01:44.803382','scheduled','rollback_user',NULL,NULL,NULL,8238000,6000000,'reversed_by_user','2026-10-14 15:07:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(7,1,'2026-10-15 11:38:44.727921','2026-11-28 15:01:44.812631','scheduled','accepted',NULL,NULL,NULL,9611000,7000000,'final','2026-10-15 11:08:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(7,2,'2026-10-18 11:08:44.727921','2026-11-28 15:01:44.816203','scheduled','rollback_supplier',NULL,NULL,NULL,9611000,7000000,'reversed_by_supplier','2026-10-15 11:08:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(8,1,'2026-10-16 07:39:44.727921','2026-11-28 15:01:44.820039','scheduled','waiting_accept',NULL,1,'2026-10-24 07:09:44.727921',10984000,8000000,'open','2026-10-16 07:09:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(9,1,'2026-10-17 03:40:44.727921','2026-11-28 15:01:44.823434','scheduled','creating_trade',NULL,NULL,NULL,12357000,9000000,'open','2026-10-17 03:10:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(10,1,'2026-10-17 23:41:44.727921','2026-11-28 15:01:44.826780','scheduled','held_by_moon',NULL,NULL,NULL,13730000,10000000,'unknown','2026-10-17 23:11:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(11,1,'2026-10-18 19:42:44.727921','2026-11-28 15:01:44.831629','scheduled','accepted',NULL,NULL,NULL,15103000,NULL,'final','2026-10-18 19:12:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(12,1,'2026-10-19 15:43:44.727921','2026-11-28 15:01:44.834962','scheduled','accepted',NULL,1,NULL,16476000,12000000,'reversible','2026-10-19 15:13:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(13,1,'2026-10-20 11:44:44.727921','2026-11-28 15:01:44.839896','scheduled','accepted',NULL,NULL,NULL,NULL,13000000,'final','2026-10-20 11:14:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(14,1,'2026-10-21 07:45:44.727921','2026-11-28 15:01:44.842999','scheduled','canceled',NULL,NULL,NULL,19222000,14000000,'failed','2026-10-21 07:15:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(15,1,'2026-10-22 03:46:44.727921','2026-11-28 15:01:44.845948','scheduled','timeout','private_inventory',NULL,NULL,20595000,15000000,'failed','2026-10-22 03:16:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(16,1,'2026-10-22 23:47:44.727921','2026-11-28 15:01:44.848879','scheduled','trade_create_error',NULL,1,'2026-10-30 23:17:44.727921',21968000,16000000,'failed','2026-10-22 23:17:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(17,1,'2026-10-23 19:48:44.727921','2026-11-28 15:01:44.851926','scheduled','accepted',NULL,NULL,NULL,23341000,17000000,'final','2026-10-23 19:18:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(17,2,'2026-10-26 19:18:44.727921','2026-11-28 15:01:44.855083','scheduled','rollback_user',NULL,NULL,NULL,23341000,17000000,'reversed_by_user','2026-10-23 19:18:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(18,1,'2026-10-24 15:49:44.727921','2026-11-28 15:01:44.860708','scheduled','accepted',NULL,NULL,NULL,24714000,18000000,'final','2026-10-24 15:19:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(18,2,'2026-10-27 15:19:44.727921','2026-11-28 15:01:44.864082','scheduled','rollback_supplier',NULL,NULL,NULL,24714000,18000000,'reversed_by_supplier','2026-10-24 15:19:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(19,1,'2026-10-25 11:50:44.727921','2026-11-28 15:01:44.867959','scheduled','waiting_accept',NULL,NULL,NULL,26087000,19000000,'open','2026-10-25 11:20:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(20,1,'2026-10-26 07:51:44.727921','2026-11-28 15:01:44.871174','scheduled','creating_trade',NULL,1,NULL,27460000,20000000,'open','2026-10-26 07:21:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(21,1,'2026-10-27 03:52:44.727921','2026-11-28 15:01:44.874246','scheduled','held_by_moon',NULL,NULL,NULL,28833000,21000000,'unknown','2026-10-27 03:22:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(22,1,'2026-10-27 23:53:44.727921','2026-11-28 15:01:44.878331','scheduled','accepted',NULL,NULL,NULL,30206000,NULL,'final','2026-10-27 23:23:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(23,1,'2026-10-28 19:54:44.727921','2026-11-28 15:01:44.881530','scheduled','accepted',NULL,NULL,NULL,31579000,23000000,'final','2026-10-28 19:24:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(24,1,'2026-10-29 15:55:44.727921','2026-11-28 15:01:44.884615','scheduled','accepted',NULL,1,'2026-11-06 15:25:44.727921',32952000,24000000,'reversible','2026-10-29 15:25:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(25,1,'2026-10-30 11:56:44.727921','2026-11-28 15:01:44.888255','scheduled','canceled','private_inventory',NULL,NULL,34325000,25000000,'failed','2026-10-30 11:26:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(26,1,'2026-10-31 07:57:44.727921','2026-11-28 15:01:44.892486','scheduled','timeout',NULL,NULL,NULL,NULL,26000000,'failed','2026-10-31 07:27:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(27,1,'2026-11-01 03:58:44.727921','2026-11-28 15:01:44.897160','scheduled','trade_create_error',NULL,NULL,NULL,37071000,27000000,'failed','2026-11-01 03:28:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(28,1,'2026-11-01 23:59:44.727921','2026-11-28 15:01:44.901599','scheduled','accepted',NULL,1,NULL,38444000,28000000,'reversible','2026-11-01 23:29:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(28,2,'2026-11-04 23:29:44.727921','2026-11-28 15:01:44.906298','scheduled','rollback_user',NULL,NULL,NULL,38444000,28000000,'reversed_by_user','2026-11-01 23:29:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(29,1,'2026-11-02 20:00:44.727921','2026-11-28 15:01:44.911568','scheduled','accepted',NULL,NULL,NULL,39817000,29000000,'final','2026-11-02 19:30:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(29,2,'2026-11-05 19:30:44.727921','2026-11-28 15:01:44.914868','scheduled','rollback_supplier',NULL,NULL,NULL,39817000,29000000,'reversed_by_supplier','2026-11-02 19:30:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(30,1,'2026-11-03 16:01:44.727921','2026-11-28 15:01:44.918753','scheduled','waiting_accept',NULL,NULL,NULL,41190000,30000000,'open','2026-11-03 15:31:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(31,1,'2026-11-04 12:02:44.727921','2026-11-28 15:01:44.922124','scheduled','creating_trade',NULL,NULL,NULL,42563000,31000000,'open','2026-11-04 11:32:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(32,1,'2026-11-05 08:03:44.727921','2026-11-28 15:01:44.925485','scheduled','held_by_moon',NULL,1,'2026-11-13 07:33:44.727921',43936000,32000000,'unknown','2026-11-05 07:33:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(33,1,'2026-11-06 04:04:44.727921','2026-11-28 15:01:44.929842','scheduled','accepted',NULL,NULL,NULL,45309000,NULL,'final','2026-11-06 03:34:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(34,1,'2026-11-07 00:05:44.727921','2026-11-28 15:01:44.933085','scheduled','accepted',NULL,NULL,NULL,46682000,34000000,'final','2026-11-06 23:35:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(35,1,'2026-11-07 20:06:44.727921','2026-11-28 15:01:44.936456','scheduled','accepted','private_inventory',NULL,NULL,48055000,35000000,'final','2026-11-07 19:36:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(36,1,'2026-11-08 16:07:44.727921','2026-11-28 15:01:44.939615','scheduled','canceled',NULL,1,NULL,49428000,36000000,'failed','2026-11-08 15:37:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(37,1,'2026-11-09 12:08:44.727921','2026-11-28 15:01:44.942767','scheduled','timeout',NULL,NULL,NULL,50801000,37000000,'failed','2026-11-09 11:38:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(38,1,'2026-11-10 08:09:44.727921','2026-11-28 15:01:44.945985','scheduled','trade_create_error',NULL,NULL,NULL,52174000,38000000,'failed','2026-11-10 07:39:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(39,1,'2026-11-11 04:10:44.727921','2026-11-28 15:01:44.949273','scheduled','accepted',NULL,NULL,NULL,NULL,39000000,'final','2026-11-11 03:40:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(39,2,'2026-11-14 03:40:44.727921','2026-11-28 15:01:44.952542','scheduled','rollback_user',NULL,NULL,NULL,53547000,39000000,'reversed_by_user','2026-11-11 03:40:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(40,1,'2026-11-12 00:11:44.727921','2026-11-28 15:01:44.971781','scheduled','accepted',NULL,1,'2026-11-19 23:41:44.727921',54920000,40000000,'reversible','2026-11-11 23:41:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(40,2,'2026-11-14 23:41:44.727921','2026-11-28 15:01:44.976039','scheduled','rollback_supplier',NULL,NULL,NULL,54920000,40000000,'reversed_by_supplier','2026-11-11 23:41:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(41,1,'2026-11-12 20:12:44.727921','2026-11-28 15:01:44.980033','scheduled','waiting_accept',NULL,NULL,NULL,56293000,41000000,'open','2026-11-12 19:42:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(42,1,'2026-11-13 16:13:44.727921','2026-11-28 15:01:44.983312','scheduled','creating_trade',NULL,NULL,NULL,57666000,42000000,'open','2026-11-13 15:43:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(43,1,'2026-11-14 12:14:44.727921','2026-11-28 15:01:44.986421','scheduled','held_by_moon',NULL,NULL,NULL,59039000,43000000,'unknown','2026-11-14 11:44:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(44,1,'2026-11-15 08:15:44.727921','2026-11-28 15:01:44.990424','scheduled','accepted',NULL,1,NULL,60412000,NULL,'reversible','2026-11-15 07:45:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(45,1,'2026-11-16 04:16:44.727921','2026-11-28 15:01:44.993853','scheduled','accepted','private_inventory',NULL,NULL,61785000,45000000,'final','2026-11-16 03:46:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(46,1,'2026-11-17 00:17:44.727921','2026-11-28 15:01:44.996933','scheduled','accepted',NULL,NULL,NULL,63158000,46000000,'final','2026-11-16 23:47:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(47,1,'2026-11-17 20:18:44.727921','2026-11-28 15:01:45.000174','scheduled','canceled',NULL,NULL,NULL,64531000,47000000,'failed','2026-11-17 19:48:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(48,1,'2026-11-18 16:19:44.727921','2026-11-28 15:01:45.003402','scheduled','timeout',NULL,1,'2026-11-26 15:49:44.727921',65904000,48000000,'failed','2026-11-18 15:49:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(49,1,'2026-11-19 12:20:44.727921','2026-11-28 15:01:45.006899','scheduled','trade_create_error',NULL,NULL,NULL,67277000,49000000,'failed','2026-11-19 11:50:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(50,1,'2026-11-20 08:21:44.727921','2026-11-28 15:01:45.010120','scheduled','accepted',NULL,NULL,NULL,68650000,50000000,'final','2026-11-20 07:51:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(50,2,'2026-11-23 07:51:44.727921','2026-11-28 15:01:45.013492','scheduled','rollback_user',NULL,NULL,NULL,68650000,50000000,'reversed_by_user','2026-11-20 07:51:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(51,1,'2026-11-21 04:22:44.727921','2026-11-28 15:01:45.017704','scheduled','accepted',NULL,NULL,NULL,70023000,51000000,'final','2026-11-21 03:52:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(51,2,'2026-11-24 03:52:44.727921','2026-11-28 15:01:45.020871','scheduled','rollback_supplier',NULL,NULL,NULL,70023000,51000000,'reversed_by_supplier','2026-11-21 03:52:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(52,1,'2026-11-22 00:23:44.727921','2026-11-28 15:01:45.024549','scheduled','waiting_accept',NULL,1,NULL,NULL,52000000,'open','2026-11-21 23:53:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(53,1,'2026-11-22 20:24:44.727921','2026-11-28 15:01:45.027766','scheduled','creating_trade',NULL,NULL,NULL,72769000,53000000,'open','2026-11-22 19:54:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(54,1,'2026-11-23 16:25:44.727921','2026-11-28 15:01:45.030871','scheduled','held_by_moon',NULL,NULL,NULL,74142000,54000000,'unknown','2026-11-23 15:55:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(55,1,'2026-11-24 12:26:44.727921','2026-11-28 15:01:45.034910','scheduled','accepted','private_inventory',NULL,NULL,75515000,NULL,'final','2026-11-24 11:56:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(56,1,'2026-11-25 08:27:44.727921','2026-11-28 15:01:45.038017','scheduled','accepted',NULL,1,'2026-12-03 07:57:44.727921',76888000,56000000,'reversible','2026-11-25 07:57:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(57,1,'2026-11-26 04:28:44.727921','2026-11-28 15:01:45.041328','scheduled','accepted',NULL,NULL,NULL,78261000,57000000,'final','2026-11-26 03:58:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(58,1,'2026-11-27 00:29:44.727921','2026-11-28 15:01:45.044336','scheduled','canceled',NULL,NULL,NULL,79634000,58000000,'failed','2026-11-26 23:59:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(59,1,'2026-11-27 20:30:44.727921','2026-11-28 15:01:45.047403','scheduled','timeout',NULL,NULL,NULL,81007000,59000000,'failed','2026-11-27 20:00:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(60,1,'2026-11-28 16:31:44.727921','2026-11-28 15:01:45.050522','scheduled','trade_create_error',NULL,1,NULL,82380000,60000000,'failed','2026-11-28 16:01:44.727921',NULL);
INSERT INTO "purchase_versions" VALUES(9,2,'2026-11-28 15:01:45.061059','2026-11-28 15:01:45.081322','history','trade_create_error',NULL,NULL,NULL,11730000,160000,'failed','2020-08-09 18:53:46.000000',-627000);
CREATE TABLE purchases (
	buy_id INTEGER NOT NULL, 
	custom_id VARCHAR(255), 
	steamid VARCHAR(64), 
	tradeofferid VARCHAR(64), 
	offer_status VARCHAR(64) NOT NULL, 
	error_reason VARCHAR(64), 
	in_hold BOOLEAN, 
	in_hold_until DATETIME, 
	price BIGINT, 
	balance_debited_sum BIGINT, 
	item_id VARCHAR(64), 
	item_name VARCHAR(500), 
	classid VARCHAR(64), 
	date DATETIME NOT NULL, 
	part VARCHAR(24) NOT NULL, 
	known_hold_until DATETIME, 
	was_on_hold BOOLEAN NOT NULL, 
	hold_ends_at DATETIME, 
	hold_end_is_estimate BOOLEAN NOT NULL, 
	status_since DATETIME, 
	accepted_at DATETIME, 
	missing_since DATETIME, 
	first_seen_at DATETIME NOT NULL, 
	asked_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	due_at DATETIME, 
	due_reason VARCHAR(64) NOT NULL, 
	urgency INTEGER NOT NULL, 
	watched_at DATETIME, 
	CONSTRAINT pk_purchases PRIMARY KEY (buy_id)
);
INSERT INTO "purchases" VALUES(1,'order-1','76561198050648524','7000000001','accepted',NULL,NULL,NULL,1000000,1373000,'1280','★ Karambit | Doppler','17','2026-10-10 11:02:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-10 11:32:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(2,'order-2','76561198050648525','7000000001','accepted',NULL,NULL,NULL,2000000,2746000,'1280','★ Karambit | Doppler','17','2026-10-11 07:03:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-11 07:33:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(3,'order-3','76561198050648526','7000000001','canceled',NULL,NULL,NULL,3000000,4119000,'1280','★ Karambit | Doppler','17','2026-10-12 03:04:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-12 03:34:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(4,'order-4','76561198050648527','7000000001','timeout',NULL,1,NULL,4000000,5492000,'1280','★ Karambit | Doppler','17','2026-10-12 23:05:44.727921','failed',NULL,1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-12 23:35:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(5,'order-5','76561198050648523','7000000001','trade_create_error','private_inventory',NULL,NULL,5000000,6865000,'1280','★ Karambit | Doppler','17','2026-10-13 19:06:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-13 19:36:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(6,'order-6','76561198050648524','7000000001','rollback_user',NULL,NULL,NULL,6000000,8238000,'1280','★ Karambit | Doppler','17','2026-10-14 15:07:44.727921','reversed_by_user',NULL,0,NULL,0,'2026-10-17 15:07:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-10-14 15:37:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(7,'order-7','76561198050648525','7000000001','rollback_supplier',NULL,NULL,NULL,7000000,9611000,'1280','★ Karambit | Doppler','17','2026-10-15 11:08:44.727921','reversed_by_supplier',NULL,0,NULL,0,'2026-10-18 11:08:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-10-15 11:38:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(8,'order-8','76561198050648526','7000000001','waiting_accept',NULL,1,'2026-10-24 07:09:44.727921',8000000,10984000,'1280','★ Karambit | Doppler','17','2026-10-16 07:09:44.727921','open','2026-10-24 07:09:44.727921',1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-16 07:39:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(9,NULL,'76561198050648523','7000000001','trade_create_error',NULL,NULL,NULL,160000,11730000,'1280','Taunt: RazorFlip!','1723112726','2020-08-09 18:53:46.000000','failed',NULL,0,NULL,0,'2026-11-28 15:01:45.061059',NULL,NULL,'2026-10-17 03:40:44.727921','2026-11-28 15:01:45.061059',2,'2026-11-28 16:01:45.061059','ended; the debited sum may still change',218217705,NULL);
INSERT INTO "purchases" VALUES(10,'order-10','76561198050648523','7000000001','held_by_moon',NULL,NULL,NULL,10000000,13730000,'1280','★ Karambit | Doppler','17','2026-10-17 23:11:44.727921','unknown',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-17 23:41:44.727921','2026-11-28 15:01:45.222174',1,NULL,'unknown status for 30 days',2147483647,NULL);
INSERT INTO "purchases" VALUES(11,'order-11','76561198050648524','7000000001','accepted',NULL,NULL,NULL,NULL,15103000,'1280','★ Karambit | Doppler','17','2026-10-18 19:12:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-18 19:42:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(12,'order-12','76561198050648525','7000000001','accepted',NULL,1,NULL,12000000,16476000,'1280','★ Karambit | Doppler','17','2026-10-19 15:13:44.727921','reversible',NULL,1,'2026-10-27 15:13:44.727921',1,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-19 15:43:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218170905,NULL);
INSERT INTO "purchases" VALUES(13,'order-13','76561198050648526','7000000001','accepted',NULL,NULL,NULL,13000000,NULL,'1280','★ Karambit | Doppler','17','2026-10-20 11:14:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-20 11:44:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(14,'order-14','76561198050648527','7000000001','canceled',NULL,NULL,NULL,14000000,19222000,'1280','★ Karambit | Doppler','17','2026-10-21 07:15:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-21 07:45:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(15,'order-15','76561198050648523','7000000001','timeout','private_inventory',NULL,NULL,15000000,20595000,'1280','★ Karambit | Doppler','17','2026-10-22 03:16:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-22 03:46:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(16,'order-16','76561198050648524','7000000001','trade_create_error',NULL,1,'2026-10-30 23:17:44.727921',16000000,21968000,'1280','★ Karambit | Doppler','17','2026-10-22 23:17:44.727921','failed','2026-10-30 23:17:44.727921',1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-22 23:47:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(17,'order-17','76561198050648525','7000000001','rollback_user',NULL,NULL,NULL,17000000,23341000,'1280','★ Karambit | Doppler','17','2026-10-23 19:18:44.727921','reversed_by_user',NULL,0,NULL,0,'2026-10-26 19:18:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-10-23 19:48:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(18,'order-18','76561198050648526','7000000001','rollback_supplier',NULL,NULL,NULL,18000000,24714000,'1280','★ Karambit | Doppler','17','2026-10-24 15:19:44.727921','reversed_by_supplier',NULL,0,NULL,0,'2026-10-27 15:19:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-10-24 15:49:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(19,'order-19','76561198050648527','7000000001','waiting_accept',NULL,NULL,NULL,19000000,26087000,'1280','★ Karambit | Doppler','17','2026-10-25 11:20:44.727921','open',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-25 11:50:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(20,'order-20','76561198050648523','7000000001','creating_trade',NULL,1,NULL,20000000,27460000,'1280','★ Karambit | Doppler','17','2026-10-26 07:21:44.727921','open',NULL,1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-26 07:51:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(21,'order-21','76561198050648524','7000000001','held_by_moon',NULL,NULL,NULL,21000000,28833000,'1280','★ Karambit | Doppler','17','2026-10-27 03:22:44.727921','unknown',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-27 03:52:44.727921','2026-11-28 15:01:45.222174',1,NULL,'unknown status for 30 days',2147483647,NULL);
INSERT INTO "purchases" VALUES(22,'order-22','76561198050648525','7000000001','accepted',NULL,NULL,NULL,NULL,30206000,'1280','★ Karambit | Doppler','17','2026-10-27 23:23:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-27 23:53:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(23,'order-23','76561198050648526','7000000001','accepted',NULL,NULL,NULL,23000000,31579000,'1280','★ Karambit | Doppler','17','2026-10-28 19:24:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-28 19:54:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(24,'order-24','76561198050648527','7000000001','accepted',NULL,1,'2026-11-06 15:25:44.727921',24000000,32952000,'1280','★ Karambit | Doppler','17','2026-10-29 15:25:44.727921','reversible','2026-11-06 15:25:44.727921',1,'2026-11-06 15:25:44.727921',0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-29 15:55:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218170905,NULL);
INSERT INTO "purchases" VALUES(25,'order-25','76561198050648523','7000000001','canceled','private_inventory',NULL,NULL,25000000,34325000,'1280','★ Karambit | Doppler','17','2026-10-30 11:26:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-30 11:56:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(26,'order-26','76561198050648524','7000000001','timeout',NULL,NULL,NULL,26000000,NULL,'1280','★ Karambit | Doppler','17','2026-10-31 07:27:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-10-31 07:57:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(27,NULL,'76561198050648525','7000000001','trade_create_error',NULL,NULL,NULL,27000000,37071000,'1280','★ Karambit | Doppler','17','2026-11-01 03:28:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-01 03:58:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(28,'order-28','76561198050648526','7000000001','rollback_user',NULL,NULL,NULL,28000000,38444000,'1280','★ Karambit | Doppler','17','2026-11-01 23:29:44.727921','reversed_by_user',NULL,1,NULL,0,'2026-11-04 23:29:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-11-01 23:59:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(29,'order-29','76561198050648527','7000000001','rollback_supplier',NULL,NULL,NULL,29000000,39817000,'1280','★ Karambit | Doppler','17','2026-11-02 19:30:44.727921','reversed_by_supplier',NULL,0,NULL,0,'2026-11-05 19:30:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-11-02 20:00:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(30,'order-30','76561198050648523','7000000001','waiting_accept',NULL,NULL,NULL,30000000,41190000,'1280','★ Karambit | Doppler','17','2026-11-03 15:31:44.727921','open',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-03 16:01:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(31,'order-31','76561198050648524','7000000001','creating_trade',NULL,NULL,NULL,31000000,42563000,'1280','★ Karambit | Doppler','17','2026-11-04 11:32:44.727921','open',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-04 12:02:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(32,'order-32','76561198050648525','7000000001','held_by_moon',NULL,1,'2026-11-13 07:33:44.727921',32000000,43936000,'1280','★ Karambit | Doppler','17','2026-11-05 07:33:44.727921','unknown','2026-11-13 07:33:44.727921',1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-05 08:03:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218300505,NULL);
INSERT INTO "purchases" VALUES(33,'order-33','76561198050648526','7000000001','accepted',NULL,NULL,NULL,NULL,45309000,'1280','★ Karambit | Doppler','17','2026-11-06 03:34:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-06 04:04:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(34,'order-34','76561198050648527','7000000001','accepted',NULL,NULL,NULL,34000000,46682000,'1280','★ Karambit | Doppler','17','2026-11-06 23:35:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-07 00:05:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(35,'order-35','76561198050648523','7000000001','accepted','private_inventory',NULL,NULL,35000000,48055000,'1280','★ Karambit | Doppler','17','2026-11-07 19:36:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-07 20:06:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(36,NULL,'76561198050648524','7000000001','canceled',NULL,1,NULL,36000000,49428000,'1280','★ Karambit | Doppler','17','2026-11-08 15:37:44.727921','failed',NULL,1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-08 16:07:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(37,'order-37','76561198050648525','7000000001','timeout',NULL,NULL,NULL,37000000,50801000,'1280','★ Karambit | Doppler','17','2026-11-09 11:38:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-09 12:08:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(38,'order-38','76561198050648526','7000000001','trade_create_error',NULL,NULL,NULL,38000000,52174000,'1280','★ Karambit | Doppler','17','2026-11-10 07:39:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-10 08:09:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(39,'order-39','76561198050648527','7000000001','rollback_user',NULL,NULL,NULL,39000000,53547000,'1280','★ Karambit | Doppler','17','2026-11-11 03:40:44.727921','reversed_by_user',NULL,0,NULL,0,'2026-11-14 03:40:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-11-11 04:10:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(40,'order-40','76561198050648523','7000000001','rollback_supplier',NULL,NULL,NULL,40000000,54920000,'1280','★ Karambit | Doppler','17','2026-11-11 23:41:44.727921','reversed_by_supplier','2026-11-19 23:41:44.727921',1,NULL,0,'2026-11-14 23:41:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-11-12 00:11:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(41,'order-41','76561198050648524','7000000001','waiting_accept',NULL,NULL,NULL,41000000,56293000,'1280','★ Karambit | Doppler','17','2026-11-12 19:42:44.727921','open',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-12 20:12:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(42,'order-42','76561198050648525','7000000001','creating_trade',NULL,NULL,NULL,42000000,57666000,'1280','★ Karambit | Doppler','17','2026-11-13 15:43:44.727921','open',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-13 16:13:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218127705,NULL);
INSERT INTO "purchases" VALUES(43,'order-43','76561198050648526','7000000001','held_by_moon',NULL,NULL,NULL,43000000,59039000,'1280','★ Karambit | Doppler','17','2026-11-14 11:44:44.727921','unknown',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-14 12:14:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218300505,NULL);
INSERT INTO "purchases" VALUES(44,'order-44','76561198050648527','7000000001','accepted',NULL,1,NULL,NULL,60412000,'1280','★ Karambit | Doppler','17','2026-11-15 07:45:44.727921','reversible',NULL,1,'2026-11-23 07:45:44.727921',1,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-15 08:15:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-28 21:01:45.222174','missing from SkinsBack''s answer',218106105,NULL);
INSERT INTO "purchases" VALUES(45,NULL,'76561198050648523','7000000001','accepted','private_inventory',NULL,NULL,45000000,61785000,'1280','★ Karambit | Doppler','17','2026-11-16 03:46:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-16 04:16:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(46,'order-46','76561198050648524','7000000001','accepted',NULL,NULL,NULL,46000000,63158000,'1280','★ Karambit | Doppler','17','2026-11-16 23:47:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-17 00:17:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(47,'order-47','76561198050648525','7000000001','canceled',NULL,NULL,NULL,47000000,64531000,'1280','★ Karambit | Doppler','17','2026-11-17 19:48:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-17 20:18:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(48,'order-48','76561198050648526','7000000001','timeout',NULL,1,'2026-11-26 15:49:44.727921',48000000,65904000,'1280','★ Karambit | Doppler','17','2026-11-18 15:49:44.727921','failed','2026-11-26 15:49:44.727921',1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-18 16:19:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(49,'order-49','76561198050648527','7000000001','trade_create_error',NULL,NULL,NULL,49000000,67277000,'1280','★ Karambit | Doppler','17','2026-11-19 11:50:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-19 12:20:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(50,'order-50','76561198050648523','7000000001','rollback_user',NULL,NULL,NULL,50000000,68650000,'1280','★ Karambit | Doppler','17','2026-11-20 07:51:44.727921','reversed_by_user',NULL,0,NULL,0,'2026-11-23 07:51:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-11-20 08:21:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(51,'order-51','76561198050648524','7000000001','rollback_supplier',NULL,NULL,NULL,51000000,70023000,'1280','★ Karambit | Doppler','17','2026-11-21 03:52:44.727921','reversed_by_supplier',NULL,0,NULL,0,'2026-11-24 03:52:44.727921',NULL,'2026-11-28 15:01:45.222174','2026-11-21 04:22:44.727921','2026-11-28 15:01:45.222174',2,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(52,'order-52','76561198050648525','7000000001','waiting_accept',NULL,1,NULL,52000000,NULL,'1280','★ Karambit | Doppler','17','2026-11-21 23:53:44.727921','open',NULL,1,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-22 00:23:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-28 18:01:45.222174','missing from SkinsBack''s answer',218052105,NULL);
INSERT INTO "purchases" VALUES(53,'order-53','76561198050648526','7000000001','creating_trade',NULL,NULL,NULL,53000000,72769000,'1280','★ Karambit | Doppler','17','2026-11-22 19:54:44.727921','open',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-22 20:24:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-28 18:01:45.222174','missing from SkinsBack''s answer',218052105,NULL);
INSERT INTO "purchases" VALUES(54,NULL,'76561198050648527','7000000001','held_by_moon',NULL,NULL,NULL,54000000,74142000,'1280','★ Karambit | Doppler','17','2026-11-23 15:55:44.727921','unknown',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-23 16:25:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-29 15:01:45.222174','missing from SkinsBack''s answer',218300505,NULL);
INSERT INTO "purchases" VALUES(55,'order-55','76561198050648523','7000000001','accepted','private_inventory',NULL,NULL,NULL,75515000,'1280','★ Karambit | Doppler','17','2026-11-24 11:56:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-24 12:26:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(56,'order-56','76561198050648524','7000000001','accepted',NULL,1,'2026-12-03 07:57:44.727921',56000000,76888000,'1280','★ Karambit | Doppler','17','2026-11-25 07:57:44.727921','reversible','2026-12-03 07:57:44.727921',1,'2026-12-03 07:57:44.727921',0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-25 08:27:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-28 21:01:45.222174','missing from SkinsBack''s answer',218130165,NULL);
INSERT INTO "purchases" VALUES(57,'order-57','76561198050648525','7000000001','accepted',NULL,NULL,NULL,57000000,78261000,'1280','★ Karambit | Doppler','17','2026-11-26 03:58:44.727921','final',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-26 04:28:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(58,'order-58','76561198050648526','7000000001','canceled',NULL,NULL,NULL,58000000,79634000,'1280','★ Karambit | Doppler','17','2026-11-26 23:59:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-27 00:29:44.727921','2026-11-28 15:01:45.222174',1,NULL,'settled',2147483647,NULL);
INSERT INTO "purchases" VALUES(59,'order-59','76561198050648527','7000000001','timeout',NULL,NULL,NULL,59000000,81007000,'1280','★ Karambit | Doppler','17','2026-11-27 20:00:44.727921','failed',NULL,0,NULL,0,NULL,NULL,'2026-11-28 15:01:45.222174','2026-11-27 20:30:44.727921','2026-11-28 15:01:45.222174',1,'2026-11-28 20:00:44.727921','missing from SkinsBack''s answer',218232044,NULL);
INSERT INTO "purchases" VALUES(60,'order-60','76561198050648523','7000000001','trade_create_error',NULL,1,NULL,60000000,82380000,'1280','★ Karambit | Doppler','17','2026-11-28 16:01:44.727921','failed',NULL,1,NULL,0,NULL,NULL,NULL,'2026-11-28 16:31:44.727921','2026-11-28 16:31:44.727921',1,'2026-11-28 17:01:44.727921','ended; the debited sum may still change',218221304,NULL);
CREATE TABLE pushed_events_minutes (
	minute DATETIME NOT NULL, 
	source VARCHAR(16) NOT NULL, 
	event VARCHAR(32) NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_pushed_events_minutes PRIMARY KEY (minute, source, event)
);
INSERT INTO "pushed_events_minutes" VALUES('2026-11-28 15:01:44.727921','webhook','1',1);
CREATE TABLE reconciliation_blocks (
	reconciliation_id INTEGER NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	first_place INTEGER NOT NULL, 
	rows BLOB NOT NULL, 
	CONSTRAINT pk_reconciliation_blocks PRIMARY KEY (reconciliation_id, outcome, first_place), 
	CONSTRAINT fk_reconciliation_blocks_reconciliation_id_reconciliations FOREIGN KEY(reconciliation_id) REFERENCES reconciliations (id)
);
INSERT INTO "reconciliation_blocks" VALUES(1,'agreed',1,X'78018B8E36D251CA2F4A492DD23554D231D4514A4C4E4E2D28494D51D2514ACBCC4BCC01D246064666BA860640146268686560646562A2676E646E6964A86D60606560005462A8676C6E8C442BC5C60200268E152E');
INSERT INTO "reconciliation_blocks" VALUES(1,'differs',1,X'78011DCA410A80201040D1BBCCB651664671D073B41317A206415444F72769F5F8F0737608D7D3C7630450106A6BE37E4707846D3FEB31159260980CF34A9AC825EFAD8A46E1852811CD25DA1FB1EAC34C28E503137F1508');
INSERT INTO "reconciliation_blocks" VALUES(1,'only_them',1,X'78018B8E36D151CA2F4A492DD2B5B454D2C92BCDC94127940CF50C0CA0524A4AB1B100A8C40FF2');
CREATE TABLE reconciliations (
	id INTEGER NOT NULL, 
	file_name VARCHAR(255) NOT NULL, 
	made_by_email VARCHAR(254) NOT NULL, 
	made_at DATETIME NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	since DATETIME, 
	until DATETIME, 
	period_is_chosen BOOLEAN NOT NULL, 
	has_amounts BOOLEAN NOT NULL, 
	sums TEXT NOT NULL, 
	completed_at DATETIME, 
	CONSTRAINT pk_reconciliations PRIMARY KEY (id)
);
INSERT INTO "reconciliations" VALUES(1,'october.csv','admin@shop.example','2026-11-28 15:01:46.002700','UTC','2026-10-10 11:02:44.727921','2026-10-11 07:03:44.727922',0,1,'{"agreed": [1, "1.373", "1.373"], "differs": [1, "9.00", "2.746"], "only_us": [0, "0.00", "0.00"], "only_them": [1, "1.00", "0.00"], "repeated": [0, "0.00", "0.00"]}','2026-11-28 15:01:46.012473');
CREATE TABLE "request_budget" (
	name VARCHAR(32) NOT NULL, 
	paused_until_us BIGINT NOT NULL, 
	people_asked_us BIGINT NOT NULL, 
	CONSTRAINT pk_request_budget PRIMARY KEY (name)
);
INSERT INTO "request_budget" VALUES('skinsback',0,0);
CREATE TABLE request_minutes (
	minute DATETIME NOT NULL, 
	outcome VARCHAR(64) NOT NULL, 
	for_people BOOLEAN NOT NULL, 
	code INTEGER, 
	count INTEGER NOT NULL, 
	microseconds BIGINT NOT NULL, 
	slowest BIGINT NOT NULL, 
	CONSTRAINT pk_request_minutes PRIMARY KEY (minute, outcome, for_people)
);
INSERT INTO "request_minutes" VALUES('2026-11-28 15:01:00.000000','success',0,NULL,2,9543,5216);
INSERT INTO "request_minutes" VALUES('2026-11-28 15:01:00.000000','offer_not_found',0,2,1,4578,4578);
CREATE TABLE request_slots (
	id INTEGER NOT NULL, 
	at_us BIGINT NOT NULL, 
	for_people BOOLEAN NOT NULL, 
	CONSTRAINT pk_request_slots PRIMARY KEY (id)
);
INSERT INTO "request_slots" VALUES(1,1795878105064255,0);
INSERT INTO "request_slots" VALUES(2,1795878105196676,0);
INSERT INTO "request_slots" VALUES(3,1795878105329097,0);
CREATE TABLE sent_reports (
	id INTEGER NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	tries INTEGER NOT NULL, 
	claimed_until DATETIME NOT NULL, 
	sent_at DATETIME, 
	is_final BOOLEAN NOT NULL, 
	figures TEXT NOT NULL, 
	recipients TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	CONSTRAINT pk_sent_reports PRIMARY KEY (id), 
	CONSTRAINT uq_sent_reports_month_kind UNIQUE (month, kind)
);
INSERT INTO "sent_reports" VALUES(1,'2026-10','first','UTC',1,'2026-11-28 15:01:44.727921','2026-11-28 15:01:44.727921',0,'{"final": "12.5"}','a@shop.example','');
CREATE TABLE set_aside_records (
	id INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	buy_id BIGINT, 
	raw TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	first_seen_at DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	times INTEGER NOT NULL, 
	CONSTRAINT pk_set_aside_records PRIMARY KEY (id), 
	CONSTRAINT uq_set_aside_records_digest UNIQUE (digest)
);
CREATE TABLE sign_in_failures (
	id INTEGER NOT NULL, 
	subject VARCHAR(320) NOT NULL, 
	failed_at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_in_failures PRIMARY KEY (id)
);
INSERT INTO "sign_in_failures" VALUES(1,'pair:nobody@shop.example|127.0.0.1','2026-11-28 15:01:46.327213');
INSERT INTO "sign_in_failures" VALUES(2,'address:127.0.0.1','2026-11-28 15:01:46.327213');
INSERT INTO "sign_in_failures" VALUES(3,'email:nobody@shop.example','2026-11-28 15:01:46.327213');
CREATE TABLE "skinsback_state" (
	name VARCHAR(32) NOT NULL, 
	last_success_at DATETIME, 
	last_failure_at DATETIME, 
	failing_since DATETIME, 
	failures_in_a_row INTEGER NOT NULL, 
	failure_code INTEGER, 
	failure_name VARCHAR(64) NOT NULL, 
	failure_sentence TEXT NOT NULL, 
	is_stopped BOOLEAN NOT NULL, 
	retry_at DATETIME, 
	events_alive_at DATETIME, 
	events_problem TEXT NOT NULL, 
	CONSTRAINT pk_skinsback_state PRIMARY KEY (name)
);
INSERT INTO "skinsback_state" VALUES('skinsback','2026-11-28 15:01:45.068821',NULL,NULL,0,NULL,'','',0,NULL,NULL,'');
CREATE TABLE slow_statements (
	day DATETIME NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	statement TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	microseconds BIGINT NOT NULL, 
	slowest BIGINT NOT NULL, 
	slowest_at DATETIME NOT NULL, 
	CONSTRAINT pk_slow_statements PRIMARY KEY (day, digest)
);
INSERT INTO "slow_statements" VALUES('2026-11-28 15:01:44.727921','x','SELECT 1',2,10,9,'2026-11-28 15:01:44.727921');
CREATE TABLE user_sessions (
	token_digest VARCHAR(64) NOT NULL, 
	user_id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_user_sessions PRIMARY KEY (token_digest), 
	CONSTRAINT fk_user_sessions_user_id_users FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "user_sessions" VALUES('9adfcb0e734898b2acae5bb8a91dffbc7634d002c2e2a9b6d1de3fed12ce99ba',1,'2026-11-28 15:01:45.906835');
CREATE TABLE users (
	id INTEGER NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	password_hash VARCHAR(255) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	last_sign_in_at DATETIME, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_email UNIQUE (email)
);
INSERT INTO "users" VALUES(1,'admin@shop.example','$argon2id$v=19$m=8,t=1,p=1$TA7xN0mTHn4yMEX12qo8HA$dYhY2bXTYjsEwjQc45J2h2RfyWM0/cpxTpUGTWoFEOk','admin',1,'2026-11-28 15:01:45.502827','2026-11-28 15:01:45.904515');
CREATE TABLE wanted_purchases (
	buy_id INTEGER NOT NULL, 
	wanted_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	CONSTRAINT pk_wanted_purchases PRIMARY KEY (buy_id)
);
CREATE INDEX ix_job_runs_job_started_at ON job_runs (job, started_at);
CREATE INDEX ix_purchases_balance_debited_sum_buy_id ON purchases (balance_debited_sum, buy_id);
CREATE INDEX ix_purchases_custom_id ON purchases (custom_id);
CREATE INDEX ix_purchases_date_buy_id ON purchases (date, buy_id);
CREATE INDEX ix_purchases_due_at_urgency ON purchases (due_at, urgency);
CREATE INDEX ix_purchases_error_reason_date_buy_id ON purchases (error_reason, date, buy_id);
CREATE INDEX ix_purchases_hold_ends_at_buy_id ON purchases (hold_ends_at, buy_id);
CREATE INDEX ix_purchases_offer_status_date_buy_id ON purchases (offer_status, date, buy_id);
CREATE INDEX ix_purchases_steamid_date_buy_id ON purchases (steamid, date, buy_id);
CREATE INDEX ix_purchases_tradeofferid ON purchases (tradeofferid);
CREATE INDEX ix_set_aside_records_buy_id ON set_aside_records (buy_id);
CREATE INDEX ix_sign_in_failures_subject_failed_at ON sign_in_failures (subject, failed_at);
CREATE INDEX ix_purchase_notes_buy_id ON purchase_notes (buy_id);
CREATE INDEX ix_user_sessions_user_id ON user_sessions (user_id);
CREATE INDEX ix_request_slots_at_us ON request_slots (at_us);
CREATE INDEX ix_request_slots_for_people_at_us ON request_slots (for_people, at_us);
CREATE INDEX ix_wanted_purchases_due_at ON wanted_purchases (due_at);
CREATE INDEX ix_purchase_versions_recorded_at ON purchase_versions (recorded_at);
CREATE INDEX ix_purchases_part_date_buy_id ON purchases (part, date, buy_id);
CREATE INDEX ix_balance_readings_read_at ON balance_readings (read_at);
CREATE INDEX ix_purchase_versions_changes_recorded ON purchase_versions (recorded_at, debited_change) WHERE debited_change IS NOT NULL;
CREATE INDEX ix_purchase_versions_changes_dated ON purchase_versions (date, debited_change) WHERE debited_change IS NOT NULL;
CREATE INDEX ix_purchases_item_name_date_buy_id ON purchases (item_name, date, buy_id);
CREATE INDEX ix_drift_first_seen_at ON drift (first_seen_at);
CREATE INDEX ix_alerts_rule_id ON alerts (rule_id);
CREATE INDEX ix_alerts_opened_at ON alerts (opened_at);
CREATE INDEX ix_alert_deliveries_next_try_at ON alert_deliveries (next_try_at);
CREATE INDEX ix_slow_statements_day_slowest ON slow_statements (day, slowest);
CREATE INDEX ix_reconciliations_made_at ON reconciliations (made_at);
CREATE INDEX ix_purchase_versions_date_buy_id ON purchase_versions (date, buy_id);
CREATE INDEX ix_closed_reports_period ON closed_reports (first_day, last_day, zone, id);
CREATE INDEX ix_findings_kind_resolved_at_buy_id ON findings (kind, resolved_at, buy_id);
CREATE INDEX ix_findings_buy_id ON findings (buy_id);
CREATE INDEX ix_finding_resolutions_kind_buy_id ON finding_resolutions (kind, buy_id);
CREATE INDEX ix_history_imports_completed_at ON history_imports (completed_at);
COMMIT;
